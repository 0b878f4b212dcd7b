using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Parley.BrowserTests.Support;

/// <summary>A server and a window on its page. After each test: nothing was written to the console, and nothing was refused by the content policy.</summary>
public abstract class PageTest(Browser browser) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<IBrowserContext> _windows = [];

    // The browser itself says so when a server is away.
    private bool _serverMayBeAway;
    private bool _mayBeRefused;
    private bool _mayHaveNoFigures;

    internal PageServer Server { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Page = await OpenWindowAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        Server = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in _windows) await window.DisposeAsync();
        if (Server is not null) await Server.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.Empty(_complaints);
    }

    internal virtual Task<PageServer> StartAsync() => PageServer.StartAsync();

    protected async Task<IPage> OpenWindowAsync(BrowserNewContextOptions options)
    {
        options.Locale = "en-GB";
        var window = await browser.OpenAsync(options);
        _windows.Add(window);
        window.SetDefaultTimeout(20_000);
        await window.AddInitScriptAsync("""
            document.addEventListener('securitypolicyviolation', (e) => console.error(`refused by the content policy: ${e.violatedDirective} ${e.blockedURI}`));
            """);
        var page = await window.NewPageAsync();
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Complain(true, error);
        page.Dialog += async (_, dialog) =>
        {
            Complain(true, $"a dialog opened: {dialog.Message}");
            await dialog.DismissAsync();
        };
        return page;
    }

    /// <summary>Opens a conversation's page and waits until it is live, or has all of one that has ended.</summary>
    protected async Task ShowAsync(string id, IPage? page = null)
    {
        page ??= Page;
        await page.GotoAsync($"{Server.Url}/#/{id}");
        await Assertions.Expect(page.Locator(".connection")).ToHaveAttributeAsync("data-state", new Regex("live|ended"));
        // Its first event has come: from here on it follows, and gets partials, too.
        await Assertions.Expect(page.Locator(".conversation-figures")).Not.ToBeEmptyAsync();
    }

    protected void ServerGoesAway() => _serverMayBeAway = true;

    protected void RefusalsAreExpected() => _mayBeRefused = true;

    /// <summary>The server has no Prometheus exporter, and the browser itself says that the page asked for its figures.</summary>
    protected void NoFiguresAreExpected() => _mayHaveNoFigures = true;

    private void Complain(bool isComplaint, string text)
    {
        var isAway = _serverMayBeAway && (text.Contains("net::ERR_", StringComparison.Ordinal) || text.Contains("WebSocket connection to", StringComparison.Ordinal));
        var isRefusal = _mayBeRefused && (text.Contains("401", StringComparison.Ordinal) || text.Contains("WebSocket connection to", StringComparison.Ordinal));
        var isFigures = _mayHaveNoFigures && text.Contains("404", StringComparison.Ordinal);
        if (isComplaint && !isAway && !isRefusal && !isFigures) _complaints.Enqueue(text);
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
