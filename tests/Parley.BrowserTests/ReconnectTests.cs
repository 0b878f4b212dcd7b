using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class ReconnectTests(Browser browser) : PageTest(browser)
{
    internal override Task<PageServer> StartAsync() => PageServer.StartKeptAsync();

    [Fact]
    public async Task After_a_restart_of_the_server_everything_is_there_once()
    {
        ServerGoesAway();
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, (0, 1, "One.", "ana"), (2, 3, "Two.", "ben"), (4, 5, "Three.", "ana"));
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One.", "Two.", "Three."]);

        await Server.StopAsync();
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "waiting");
        await Expect(Page.Locator(".connection")).ToContainTextAsync("Connection lost");
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One.", "Two.", "Three."]);

        await Server.StartAgainAsync();
        await Server.SayAsync(id, (6, 7, "Four.", "ben"), (8, 9, "Five.", "ana"));
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 20_000 });
        await Server.SayAsync(id, (9.1, 9.3, "Quite.", "ana"));
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One.", "Two.", "Three.", "Four.", "Five. Quite."]);
        await Server.SayAsync(id, 10, 11, "Six.", "ben");
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One.", "Two.", "Three.", "Four.", "Five. Quite.", "Six."]);
        await Server.EndAsync(id);
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "ended");
        await Expect(Page.Locator(".segment.final")).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_is_said_in_words()
    {
        await Page.GotoAsync($"{Server.Url}/#/str-00000000-0000-4000-8000-000000000000");
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "refused");
        await Expect(Page.Locator(".captions-empty")).ToContainTextAsync("no such stream", new() { IgnoreCase = true });
    }
}
