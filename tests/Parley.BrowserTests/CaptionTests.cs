using System.Text.RegularExpressions;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class CaptionTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Words_appear_as_they_are_said_and_get_their_meaning_once_they_stand()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, 0, 1.2, "What does it", "ana");
        var first = Page.Locator("[data-segment=seg-0]");
        await Expect(first.Locator(".said")).ToHaveTextAsync("What does it");
        await Expect(first).Not.ToHaveClassAsync(new Regex("final"));

        await Server.SayAsync(id, 1.2, 2, "cost?", "ana");
        await Expect(first.Locator(".said")).ToHaveTextAsync("What does it cost?");
        await Expect(first.Locator(".badge")).ToHaveCountAsync(0);

        await Server.SayAsync(id, 2.5, 3, "Nine euros.", "ben");
        await Expect(first).ToHaveClassAsync(new Regex("final"));
        await Expect(first.Locator(".badge").First).ToHaveTextAsync("Question");
        await Expect(Page.Locator(".turn .speaker-name")).ToHaveTextAsync(["ana", "ben"]);
    }

    [Fact]
    public async Task Two_who_talk_at_once_stand_side_by_side()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, (0, 8, "So the importer reads all of the old calendars now", "ben"), (4, 5, "All of them?", "chloe"));
        var lanes = Page.Locator(".overlap .lane");
        await Expect(lanes).ToHaveCountAsync(2);
        var left = (await lanes.Nth(0).BoundingBoxAsync())!;
        var right = (await lanes.Nth(1).BoundingBoxAsync())!;
        Assert.True(left.X + left.Width <= right.X, "the lanes are beside each other");
        Assert.InRange(right.Y, left.Y, left.Y + left.Height);
    }

    [Fact]
    public async Task A_sentence_that_was_cut_in_two_leads_back_to_its_beginning()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(
            id, (0, 2, "If we launch on Thursday", "ana"), (2.05, 2.3, "Thursday works.", "ben"), (2.5, 4, "we have a day of slack.", "ana"), (4.5, 5, "Good.", "ben"));
        var back = Page.Locator("[data-segment=seg-2] .continues");
        await Expect(back).ToHaveAccessibleNameAsync(new Regex("^Continues what ana said before"));
        await back.ClickAsync();
        await Expect(Page.Locator("[data-segment=seg-0]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_reader_who_scrolls_up_is_left_alone_until_they_jump_back()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, [.. Enumerable.Range(0, 60).Select(i => (i * 2.0, (i * 2.0) + 1, $"Sentence number {i}.", (string?)$"speaker {i % 3}"))]);
        var captions = Page.Locator(".captions");
        await Expect(Page.Locator("[data-segment=seg-58]")).ToBeInViewportAsync();
        await captions.HoverAsync();
        await Page.Mouse.WheelAsync(0, -900);
        await Expect(Page.Locator("#jump")).ToHaveTextAsync("Jump to live");
        var before = await captions.EvaluateAsync<double>("element => element.scrollTop");

        await Server.SayAsync(id, (120, 121, "News.", "ana"), (122, 123, "More.", "ben"));
        await Expect(Page.Locator("#jump")).ToHaveTextAsync(new Regex("[1-9] new"));
        Assert.Equal(before, await captions.EvaluateAsync<double>("element => element.scrollTop"));

        await Page.Locator("#jump").ClickAsync();
        await Expect(Page.Locator("[data-segment=seg-61]")).ToBeInViewportAsync();
        await Expect(Page.Locator("#jump")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_the_newest_words_are_still_in_sight_after_a_look_at_another_tab()
    {
        await Page.SetViewportSizeAsync(390, 844);
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, [.. Enumerable.Range(0, 40).Select(i => (i * 2.0, (i * 2.0) + 1, $"Sentence number {i}.", (string?)$"speaker {i % 3}"))]);
        await Expect(Page.Locator("[data-segment=seg-38]")).ToBeInViewportAsync();
        await Page.Locator("#tab-summary").ClickAsync();
        await Expect(Page.Locator("#panel-summary")).ToBeVisibleAsync();
        await Expect(Page.Locator(".captions")).ToBeHiddenAsync();
        await Server.SayAsync(id, (80, 81, "News.", "ana"), (82, 83, "More.", "ben"));
        await Page.Locator("#tab-captions").ClickAsync();
        await Expect(Page.Locator("[data-segment=seg-40]")).ToBeInViewportAsync();
        await Expect(Page.Locator("#jump")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Of_a_long_conversation_everything_is_there_and_only_what_is_in_sight_is_laid_out()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        const int Count = 1000;
        await Server.SayAsync(id, [.. Enumerable.Range(0, Count).Select(i => (i * 2.0, (i * 2.0) + 1, $"Sentence number {i}.", (string?)$"speaker {i % 3}"))]);
        await Server.EndAsync(id);
        await Expect(Page.Locator(".segment.final")).ToHaveCountAsync(Count, new() { Timeout = 30_000 });
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => $"Sentence number {i}."),
            await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.said')].map((said) => said.textContent)"));
        await Expect(Page.Locator($"[data-segment=seg-{Count - 1}]")).ToBeInViewportAsync();
        await Page.WaitForFunctionAsync("() => !document.querySelector('[data-segment=seg-0]').checkVisibility({ contentVisibilityAuto: true })");

        await Page.GetByLabel("Search this conversation").FillAsync("number 7.");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("[data-segment=seg-7]")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Screen_readers_are_told_what_stands_and_nothing_that_may_change()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 1, "Before anybody looked.", "ana"), (2, 3, "An", "ben"));
        await ShowAsync(id);
        await Expect(Page.Locator("[data-segment=seg-0]")).ToBeVisibleAsync();
        await Server.SayAsync(id, 3, 4, "opinion.", "ben");
        await Expect(Page.Locator("[data-segment=seg-1] .said")).ToHaveTextAsync("An opinion.");
        var announcer = Page.Locator("[data-announcer]");
        await Expect(announcer).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(announcer).Not.ToContainTextAsync("opinion");

        await Server.SayAsync(id, 5, 6, "Yes.", "ana");
        await Expect(announcer).ToContainTextAsync("ben: An opinion.");
        Assert.Equal(0, await Page.Locator(".captions [aria-live], .captions [role=log]").CountAsync());
    }

    [Fact]
    public async Task A_speaker_has_the_same_colour_after_a_reload()
    {
        var id = await Server.StandupAsync();
        await ShowAsync(id);
        await Expect(Page.Locator("[data-segment=seg-63]")).ToBeAttachedAsync();
        var colours = await ColoursAsync();
        Assert.Equal(3, colours.Values.Distinct().Count());
        await Page.ReloadAsync();
        await Expect(Page.Locator("[data-segment=seg-63]")).ToBeAttachedAsync();
        Assert.Equal(colours, await ColoursAsync());
    }

    private Task<Dictionary<string, string>> ColoursAsync() => Page.EvaluateAsync<Dictionary<string, string>>("""
        () => Object.fromEntries([...document.querySelectorAll('.speaker-name')].map((name) => [name.textContent, getComputedStyle(name).color]))
        """);
}
