using Microsoft.Playwright;
using Parley.AspNetCore.Security;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class KeyTests(Browser browser) : PageTest(browser)
{
    private readonly string _key = ApiKey.New();

    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog, new() { Name = "This server asks for a key" });

    internal override async Task<PageServer> StartAsync()
    {
        var server = await PageServer.StartAsync(null, ("Keys:0:Hash", ApiKey.Hash(_key)), ("Keys:0:Name", "page"));
        server.Key = _key;
        return server;
    }

    [Fact]
    public async Task A_server_with_keys_asks_for_one_and_shows_everything_once_it_has_it()
    {
        RefusalsAreExpected();
        var id = await Server.OpenAsync();
        await Page.GotoAsync($"{Server.Url}/#/{id}");
        await Expect(Dialog).ToBeVisibleAsync();
        await Dialog.GetByLabel("API key").FillAsync(ApiKey.New());
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The key was not accepted. Try another.");
        await Dialog.GetByLabel("API key").FillAsync(_key);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Use key" }).ClickAsync();
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "live");
        await Server.SayAsync(id, (0, 1, "Between us.", "ana"), (2, 3, "Quite.", "ben"));
        await Expect(Page.Locator("[data-segment=seg-0].final .said")).ToHaveTextAsync("Between us.");

        await Page.Locator(".menu summary").ClickAsync();
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.Locator("[data-format=txt]").ClickAsync());
        Assert.Contains("Between us.", await File.ReadAllTextAsync(await download.PathAsync(), Cancel), StringComparison.Ordinal);
        await Page.GetByLabel("Parley: all conversations").ClickAsync();
        await Expect(Page.Locator("[data-stream]")).ToHaveCountAsync(1);

        // It is in the tab and nowhere else.
        Assert.Equal(_key, await Page.EvaluateAsync<string>("() => sessionStorage.getItem('parley.key')"));
        Assert.DoesNotContain(_key, await Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage }) + document.cookie + location.href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_key_is_asked_once_and_told_why_there_is_nothing()
    {
        RefusalsAreExpected();
        await Page.GotoAsync(Server.Url);
        await Expect(Dialog).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator(".list-status")).ToContainTextAsync("A valid key or token is needed.");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Page.GetByLabel("Set the API key").ClickAsync();
        await Dialog.GetByLabel("API key").FillAsync(_key);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".list-status")).ToContainTextAsync("no conversation yet");
    }
}
