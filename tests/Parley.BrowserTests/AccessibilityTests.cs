using Microsoft.Playwright;
using Parley.BrowserTests.Support;
using Parley.Tests.Support;

namespace Parley.BrowserTests;

public class AccessibilityTests(Browser browser) : PageTest(browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 375)]
    [InlineData(ColorScheme.Dark, 375)]
    public async Task Everything_has_a_name_a_role_and_enough_contrast(ColorScheme scheme, int width)
    {
        var page = await OpenWindowAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        await page.GotoAsync(Server.Url);
        await Expect(page.Locator(".list-status")).ToContainTextAsync("no conversation");
        await AuditAsync(page, "an empty list");

        var id = await Server.OpenAsync();
        // More speakers than there are colours.
        await Server.SayAsync(id, [.. Enumerable.Range(0, 10).Select(i => (i * 3.0, (i * 3.0) + 2, i % 2 == 0 ? "What does it cost?" : "We go with nine euros. That is decided.", (string?)$"speaker {i}"))]);
        await page.ReloadAsync();
        await Expect(page.Locator("[data-stream]")).ToBeVisibleAsync();
        await AuditAsync(page, "a list");

        await ShowAsync(id, page);
        await Expect(page.Locator("[data-segment=seg-8]")).ToBeAttachedAsync();
        await Server.SayAsync(id, (31, 35, "Then we both", "ana"), (32, 34, "at the same time", "ben"), (35.2, 36, "say it.", "ana"));
        await Expect(page.Locator(".overlap")).ToBeVisibleAsync();
        await AuditAsync(page, "a live conversation");
        await page.GetByLabel("Search this conversation").FillAsync("cost");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("mark.current")).ToBeVisibleAsync();
        await page.Locator(".menu summary").ClickAsync();
        await AuditAsync(page, "a search and the menu");
        await page.Keyboard.PressAsync("Escape");

        foreach (var tab in new[] { "summary", "answers", "context", "figures" })
        {
            await page.Locator($"#tab-{tab}").ClickAsync();
            await Expect(page.Locator($"#panel-{tab}")).ToBeVisibleAsync();
            await AuditAsync(page, tab);
        }
        if (width < 900) await page.Locator("#tab-captions").ClickAsync();
        await page.GetByRole(AriaRole.Slider).FillAsync("12");
        await Expect(page.Locator(".replay-banner")).ToBeVisibleAsync();
        await AuditAsync(page, "a replay");
        await page.Locator(".speaker-name").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AuditAsync(page, "a dialog");
    }

    [Fact]
    public async Task The_toggle_changes_the_theme_and_it_stays()
    {
        var page = await OpenWindowAsync(new() { ColorScheme = ColorScheme.Light });
        await page.GotoAsync(Server.Url);
        var light = await PaperAsync(page);
        await page.GetByLabel("Use the dark theme").ClickAsync();
        var dark = await PaperAsync(page);
        Assert.NotEqual(light, dark);
        await page.ReloadAsync();
        Assert.Equal(dark, await PaperAsync(page));
        await page.GetByLabel("Use the light theme").ClickAsync();
        Assert.Equal(light, await PaperAsync(page));
    }

    [Fact]
    public async Task Who_wants_no_motion_gets_none()
    {
        var page = await OpenWindowAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await ShowAsync(await Server.StandupAsync(), page);
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('*')].filter((element) => {
              const { animationName, transitionDuration } = getComputedStyle(element);
              return animationName !== 'none' || parseFloat(transitionDuration) > 0;
            }).map((element) => element.className)
            """));
    }

    private static Task<string> PaperAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task AuditAsync(IPage page, string what)
    {
        var problems = await page.EvaluateAsync<string[]>(await File.ReadAllTextAsync(Repository.At("tests", "Parley.BrowserTests", "Support", "audit.js"), Cancel));
        Assert.True(problems.Length == 0, $"{what}:\n{string.Join('\n', problems)}");
    }
}
