using System.Text.Json.Nodes;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class TentativeTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task What_may_still_change_is_lighter_than_what_stands()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, 0, 1, "The price is", "ana");
        await Server.SendAsync(id, [Hypothesis(1, 2, "mine euros", "ana", isFinal: false)]);
        var segment = Page.Locator("[data-segment=seg-0]");
        await Expect(segment.Locator(".tentative")).ToHaveTextAsync("mine euros");
        await Expect(segment.Locator(".said")).ToHaveTextAsync("The price is mine euros");
        var lighter = await segment.EvaluateAsync<bool>(
            "element => getComputedStyle(element.querySelector('.tentative')).color !== getComputedStyle(element).color");
        Assert.True(lighter);

        await Server.SendAsync(id, [Hypothesis(1, 2, "nine euros", "ana", isFinal: true)]);
        await Expect(segment.Locator(".said")).ToHaveTextAsync("The price is nine euros");
        await Expect(segment.Locator(".tentative")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Words_of_which_none_stands_yet_are_shown_below()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SendAsync(id, [Hypothesis(0, 1, "Good mourning", "ben", isFinal: false)]);
        await Expect(Page.Locator(".tail .tentative")).ToHaveTextAsync("Good mourning");
        await Server.SendAsync(id, [Hypothesis(0, 1, "Good morning", "ben", isFinal: true)]);
        await Expect(Page.Locator("[data-segment=seg-0] .said")).ToHaveTextAsync("Good morning");
        await Expect(Page.Locator(".tail")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Of_two_who_talk_at_once_each_is_shown_until_their_own_words_stand_or_are_withdrawn()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SendAsync(
            id, [Hypothesis(0, 2, "I think we ship on", "ana", isFinal: false), Hypothesis(1, 2, "hm hold", "ben", isFinal: false)]);
        await Expect(Page.Locator(".tail .speaker-name")).ToHaveTextAsync(["ana", "ben"]);
        await Expect(Page.Locator(".tail .tentative")).ToHaveTextAsync(["I think we ship on", "hm hold"]);
        await Server.SendAsync(id, [Hypothesis(0, 3, "I think we ship on Thursday", "ana", isFinal: false)]);
        await Expect(Page.Locator(".tail .tentative")).ToHaveTextAsync(["I think we ship on Thursday", "hm hold"]);

        await Server.SendAsync(id, [Hypothesis(1, 2, "", "ben", isFinal: true)]);
        await Expect(Page.Locator(".tail .speaker-name")).ToHaveTextAsync(["ana"]);
        await Server.SendAsync(id, [Hypothesis(0, 3, "I think we ship on Thursday.", "ana", isFinal: true)]);
        await Expect(Page.Locator("[data-segment=seg-0] .said")).ToHaveTextAsync("I think we ship on Thursday.");
        await Expect(Page.Locator(".tail")).ToHaveCountAsync(0);
    }

    private static JsonObject Hypothesis(double start, double end, string text, string speaker, bool isFinal) => new()
    {
        ["start"] = start,
        ["end"] = end,
        ["text"] = text,
        ["speaker_id"] = speaker,
        ["is_final"] = isFinal,
        ["key"] = speaker,
    };
}
