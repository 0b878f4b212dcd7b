using Microsoft.Playwright;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class SpeakerNameTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task A_click_on_a_name_changes_it_everywhere_and_keeps_the_colour()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, (0, 1, "Good morning.", "spk_0"), (2, 3, "Morning.", "spk_1"), (4, 5, "Shall we?", "spk_0"));
        var name = Page.Locator(".speaker-name").First;
        var colour = await name.EvaluateAsync<string>("element => getComputedStyle(element).color");
        await name.ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Who is spk_0?" });
        await dialog.GetByLabel("Name").FillAsync("Ana Müller");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Page.Locator(".speaker-name")).ToHaveTextAsync(["Ana Müller", "spk_1", "Ana Müller"]);
        Assert.Equal(colour, await Page.Locator(".speaker-name").First.EvaluateAsync<string>("element => getComputedStyle(element).color"));

        await Server.SayAsync(id, (6, 7, "Yes.", "spk_1"), (8, 9, "Then we begin.", "spk_0"));
        await Expect(Page.Locator(".speaker-name").Last).ToHaveTextAsync("Ana Müller");
        await Server.EndAsync(id);
        await Page.ReloadAsync();
        await Expect(Page.Locator(".speaker-name").Last).ToHaveTextAsync("Ana Müller");
    }

    [Fact]
    public async Task Escape_leaves_the_name_and_gives_the_focus_back()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, 0, 1, "Good morning.", "spk_0");
        await Page.Locator(".speaker-name").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Page.Locator(".speaker-name")).ToBeFocusedAsync();
        await Expect(Page.Locator(".speaker-name")).ToHaveTextAsync("spk_0");
    }
}
