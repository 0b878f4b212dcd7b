using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class ReplayTests(Browser browser) : PageTest(browser)
{
    private ILocator Slider => Page.GetByRole(AriaRole.Slider, new() { Name = "Moment of the conversation" });

    private ILocator Finals => Page.Locator(".segment.final");

    [Fact]
    public async Task The_scrubber_shows_the_conversation_as_it_was_and_leads_back()
    {
        await ShowAsync(await Server.StandupAsync());
        await Expect(Finals).ToHaveCountAsync(64);
        await Slider.FillAsync("60");
        await Expect(Page.Locator(".replay-banner")).ToContainTextAsync("as it was at 01:00");
        var ends = await EndsAsync();
        Assert.NotEmpty(ends);
        Assert.All(ends, end => Assert.InRange(end, 0, 60));
        await Expect(Page.Locator("[data-segment=seg-4]")).ToBeAttachedAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Leave the replay" }).ClickAsync();
        await Expect(Finals).ToHaveCountAsync(64);
        await Expect(Page.Locator(".replay-banner")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_keyboard_moves_through_the_conversation_and_plays_it()
    {
        await ShowAsync(await Server.StandupAsync());
        await Expect(Finals).ToHaveCountAsync(64);
        await Slider.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        await Expect(Finals).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("PageUp");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Slider).ToHaveAttributeAsync("aria-valuetext", new Regex("^35 seconds of 5 minutes"));

        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Replay speed" }).SelectOptionAsync("16");
        var before = await Finals.CountAsync();
        await Slider.FocusAsync();
        await Page.Keyboard.PressAsync("Space");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Pause the replay" })).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync("before => document.querySelectorAll('.segment.final').length > before + 4", before);
        await Page.Keyboard.PressAsync("Space");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Replay the conversation" })).ToBeVisibleAsync();
        var paused = await Slider.InputValueAsync();
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Equal(paused, await Slider.InputValueAsync());
    }

    [Fact]
    public async Task A_replay_goes_on_undisturbed_while_the_conversation_does_and_live_has_all_of_it()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 1, "One.", "ana"), (2, 3, "Two.", "ben"), (4, 5, "Three.", "ana"));
        await ShowAsync(id);
        await Expect(Finals).ToHaveCountAsync(2);
        await Slider.FillAsync("1.5");
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One."]);

        await Server.SayAsync(id, (6, 7, "Four.", "ben"), (8, 9, "Five.", "ana"));
        await Expect(Slider).ToHaveAttributeAsync("max", "7");
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One."]);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Back to live" }).ClickAsync();
        await Expect(Page.Locator(".said")).ToHaveTextAsync(["One.", "Two.", "Three.", "Four.", "Five."]);
    }

    private async Task<double[]> EndsAsync() => await Page.EvaluateAsync<double[]>("""
        async () => {
          const lines = (await (await fetch('/v1/streams/' + location.hash.slice(2) + '/transcript?format=json')).json()).segments;
          const shown = new Set([...document.querySelectorAll('[data-segment]')].map((element) => Number(element.dataset.segment.slice(4))));
          return lines.filter((segment) => shown.has(segment.id)).map((segment) => segment.end);
        }
        """);
}
