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
        var lighter = await segment.EvaluateAsync<bool>("element => getComputedStyle(element.querySelector('.tentative')).color !== getComputedStyle(element).color");
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
        await Expect(Page.Locator(".tail")).ToBeHiddenAsync();
    }

    private static JsonObject Hypothesis(double start, double end, string text, string speaker, bool isFinal) => new()
    {
        ["start"] = start,
        ["end"] = end,
        ["text"] = text,
        ["speaker_id"] = speaker,
        ["is_final"] = isFinal,
        ["key"] = "1",
    };
}
