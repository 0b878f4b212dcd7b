using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Parley.BrowserTests.Support.Browser))]

namespace Parley.BrowserTests.Support;

/// <summary>The machine's own Chromium, started once; every test has a window of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new window with nothing remembered. Skips the test where there is no browser, unless there has to be one.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        if (_browser is not null) return await _browser.NewContextAsync(options);
        const string missing = "There is no Chromium on this machine, so that nobody has looked at the page.";
        if (Environment.GetEnvironmentVariable("PARLEY_REQUIRE_BROWSER") == "1") Assert.Fail(missing);
        Assert.Skip(missing);
        throw new InvalidOperationException(missing);
    }

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } program) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
