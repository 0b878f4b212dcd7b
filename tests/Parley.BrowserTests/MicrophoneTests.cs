using Microsoft.Playwright;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class MicrophoneTests(Browser browser) : PageTest(browser)
{
    // A browser's recogniser, spoken to by the test.
    private const string Recogniser = """
        window.webkitSpeechRecognition = window.SpeechRecognition = class {
          start() { window.recogniser = this; }
          stop() { this.onend?.(); }
          hear(index, transcript, isFinal) {
            const results = [];
            results[index] = Object.assign([{ transcript }], { isFinal });
            this.onresult({ resultIndex: index, results });
          }
        };
        """;

    internal override Task<PageServer> StartAsync() => PageServer.StartKeptAsync();

    [Fact]
    public async Task What_the_browser_hears_goes_in_as_hypotheses_and_then_stands()
    {
        await Page.AddInitScriptAsync(Recogniser);
        await Page.GotoAsync(Server.Url);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Use my microphone" }).ClickAsync();
        await Expect(Page.Locator(".source-label")).ToHaveTextAsync("Listening to your microphone");
        await HearAsync(0, "what thus", false);
        await Expect(Page.Locator(".tentative")).ToHaveTextAsync("what thus");
        await HearAsync(0, "what does it cost", true);
        await Expect(Page.Locator("[data-segment=seg-0] .said")).ToContainTextAsync("what does it cost");
        await Expect(Page.Locator(".tentative")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".speaker-name")).ToHaveTextAsync("me");
        await Page.Locator("#end").ClickAsync();
        await Expect(Page.Locator("[data-segment=seg-0].final")).ToBeVisibleAsync();
        await Expect(Page.Locator(".source-label")).ToHaveTextAsync("The microphone is off");
    }

    [Fact]
    public async Task What_is_heard_while_the_server_is_away_is_there_once_when_it_is_back()
    {
        ServerGoesAway();
        await Page.AddInitScriptAsync(Recogniser);
        await Page.GotoAsync(Server.Url);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Use my microphone" }).ClickAsync();
        await Expect(Page.Locator(".source-label")).ToHaveTextAsync("Listening to your microphone");
        await HearAsync(0, "before.", true);
        await Expect(Page.Locator("[data-segment=seg-0] .said")).ToContainTextAsync("before.");

        await Server.StopAsync();
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "waiting");
        await HearAsync(1, "mean while", false);
        await HearAsync(1, "meanwhile.", true);
        await Server.StartAgainAsync();
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 20_000 });
        await HearAsync(2, "afterwards.", true);
        await Page.WaitForFunctionAsync("() => /afterwards/.test(document.querySelector('.captions').textContent)");
        await Page.Locator("#end").ClickAsync();
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "ended");
        var said = await Page.EvaluateAsync<string>("() => [...document.querySelectorAll('.said')].map((said) => said.textContent).join(' ')");
        Assert.Equal("before. meanwhile. afterwards.", said);
    }

    [Fact]
    public async Task A_browser_without_a_recogniser_says_so()
    {
        await Page.AddInitScriptAsync("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;");
        await Page.GotoAsync(Server.Url);
        var button = Page.GetByRole(AriaRole.Button, new() { Name = "Use my microphone" });
        await Expect(button).ToBeDisabledAsync();
        await Expect(button).ToHaveAccessibleDescriptionAsync("This browser has no speech recogniser. Chrome, Edge and Safari have one.");
    }

    private async Task HearAsync(int index, string text, bool isFinal) => await Page.EvaluateAsync(
        "([index, text, isFinal]) => recogniser.hear(index, text, isFinal)", new object[] { index, text, isFinal });
}
