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
    public async Task A_browser_without_a_recogniser_says_so()
    {
        await Page.AddInitScriptAsync("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;");
        await Page.GotoAsync(Server.Url);
        var button = Page.GetByRole(AriaRole.Button, new() { Name = "Use my microphone" });
        await Expect(button).ToBeDisabledAsync();
        await Expect(button).ToHaveAccessibleDescriptionAsync("This browser has no speech recogniser. Chrome, Edge and Safari have one.");
    }

    private Task HearAsync(int index, string text, bool isFinal) => Page.EvaluateAsync(
        "([index, text, isFinal]) => recogniser.hear(index, text, isFinal)", new object[] { index, text, isFinal });
}
