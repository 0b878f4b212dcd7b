using Microsoft.Playwright;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class KeyboardTests(Browser browser) : PageTest(browser)
{
    private const string Describe = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          const ring = [element, element.parentElement].some((one) => {
            const { outlineStyle, outlineWidth } = getComputedStyle(one);
            return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
          });
          return [element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent.trim().slice(0, 40),
            box.width > 0 && box.height > 0 && style.visibility === 'visible' ? '' : 'not to be seen', ring ? '' : 'no ring'];
        }
        """;

    [Fact]
    public async Task The_tab_key_reaches_everything_in_the_list_and_always_shows_where_it_is()
    {
        var id = await Server.OpenAsync();
        await Page.GotoAsync(Server.Url);
        await Expect(Page.Locator("[data-stream]")).ToBeVisibleAsync();
        var stops = await WalkAsync();
        Assert.Superset(
            new HashSet<string> { "Skip to the content", "Parley: all conversations", "Set the API key", "Play a sample", "New conversation", $"Conversation {id[4..12]}" },
            stops.ToHashSet());
    }

    [Fact]
    public async Task The_tab_key_reaches_everything_in_a_conversation_and_always_shows_where_it_is()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 2, "If we launch on Thursday", "ana"), (2.05, 2.3, "Fine.", "ben"), (2.5, 4, "we have slack.", "ana"), (5, 6, "Good.", "ben"));
        await ShowAsync(id);
        await Expect(Page.Locator(".continues")).ToBeVisibleAsync();
        var stops = await WalkAsync();
        Assert.Superset(
            new HashSet<string>
            {
                "Search this conversation", "Export", "End", "Captions", "ana: change the name", "Continues what ana said before: go there",
                "Replay the conversation", "Moment of the conversation", "Replay speed",
            },
            stops.ToHashSet());
        Assert.Contains(stops, stop => stop.StartsWith("Summary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_arrows_walk_through_the_tabs()
    {
        await ShowAsync(await Server.StandupAsync());
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Summary" }).FocusAsync();
        foreach (var tab in new[] { "Answers", "Context", "Figures", "Summary" })
        {
            await Page.Keyboard.PressAsync("ArrowRight");
            await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = tab })).ToBeFocusedAsync();
            await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = tab })).ToHaveAttributeAsync("aria-selected", "true");
            await Expect(Page.GetByRole(AriaRole.Tabpanel, new() { Name = tab })).ToBeVisibleAsync();
        }
    }

    private async Task<List<string>> WalkAsync()
    {
        var stops = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<string[]?>(Describe) is not [var name, var unseen, var ringless]) break;
            if (stops.Count > 0 && stops[0] == name) break;
            Assert.True((unseen + ringless).Length == 0, $"{name}: {unseen} {ringless}");
            stops.Add(name);
        }
        return stops;
    }
}
