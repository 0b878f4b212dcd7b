using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class HostileTextTests(Browser browser) : PageTest(browser)
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=\"alert(1)\">")]
    [InlineData("<svg/onload=alert(1)><style>*{display:none}</style>")]
    [InlineData("&lt;b&gt; &amp; \"quotes\" {{braces}} ${dollars} javascript:alert(1)")]
    public async Task Markup_is_shown_as_it_was_said(string said)
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, (0, 1, said, said), (2, 3, "Yes?", "ana"), (4, 5, "Go on.", "ben"));
        await Expect(Page.Locator("[data-segment=seg-0].final .said")).ToHaveTextAsync(said);
        await Expect(Page.Locator(".speaker-name").First).ToHaveTextAsync(said);
        await Page.GetByLabel("Search this conversation").FillAsync(said[..5]);
        await Expect(Page.Locator("mark").First).ToHaveTextAsync(said[..5]);
        await Page.Locator("#tab-context").ClickAsync();
        await Expect(Page.Locator(".context-text")).ToContainTextAsync(said.Replace('<', '‹').Replace('>', '›'));
        Assert.Equal(0, await Page.Locator("main script, main img, main style, main b, main [onerror], main [onload]").CountAsync());
    }

    [Fact]
    public async Task Letters_that_turn_text_around_are_made_visible()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, 0, 1, "invoice\u202Efdp.exe\u202C and \u2067more\u2069\0 of \u0007it", "eve\u202Edna");
        await Expect(Page.Locator(".said")).ToHaveTextAsync("invoice[U+202E]fdp.exe[U+202C] and [U+2067]more[U+2069] of it");
        await Expect(Page.Locator(".speaker-name")).ToHaveTextAsync("eve[U+202E]dna");
        Assert.Equal("isolate", await Page.Locator(".said").EvaluateAsync<string>("element => getComputedStyle(element).unicodeBidi"));
    }

    [Fact]
    public async Task A_word_without_end_wraps_on_a_narrow_screen()
    {
        var id = await Server.OpenAsync();
        await Page.SetViewportSizeAsync(375, 700);
        await ShowAsync(id);
        await Server.SayAsync(id, 0, 1, new string('W', 2000), new string('M', 200));
        await Expect(Page.Locator(".said")).ToContainTextAsync("WWW");
        Assert.True(await Page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll('*')].every((element) => element.getBoundingClientRect().right <= innerWidth + 1 || element.closest('svg, pre, .visually-hidden, .notices'))
            """));
    }
}
