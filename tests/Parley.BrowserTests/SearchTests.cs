using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class SearchTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Matches_are_marked_counted_and_walked_through()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 1, "The price of the old price list.", "ana"), (2, 3, "Which one?", "ben"), (4, 5, "PRICE lists are old.", "ana"), (6, 7, "Ah.", "ben"));
        await ShowAsync(id);
        var search = Page.GetByLabel("Search this conversation");
        await search.FillAsync("price");
        await Expect(Page.Locator("mark")).ToHaveTextAsync(["price", "price", "PRICE"]);
        await Expect(Page.Locator(".search-count")).ToHaveTextAsync("3 found");

        await search.PressAsync("Enter");
        await Expect(Page.Locator(".search-count")).ToHaveTextAsync("1 of 3");
        await search.PressAsync("Shift+Enter");
        await Expect(Page.Locator(".search-count")).ToHaveTextAsync("3 of 3");
        await Expect(Page.Locator("mark.current")).ToHaveTextAsync("PRICE");
        await Page.GetByLabel("Next match").ClickAsync();
        await Expect(Page.Locator(".search-count")).ToHaveTextAsync("1 of 3");

        // What is said while one searches is marked, too.
        await Server.SayAsync(id, 8, 9, "A fair price", "ana");
        await Expect(Page.Locator("mark")).ToHaveCountAsync(4);
        await search.FillAsync("nothing like it");
        await Expect(Page.Locator(".search-count")).ToHaveTextAsync("No match");
        await Expect(Page.Locator("mark")).ToHaveCountAsync(0);
        await search.PressAsync("Escape");
        await Expect(search).ToHaveValueAsync("");
        await Expect(Page.Locator("[data-segment=seg-0] .said")).ToHaveTextAsync("The price of the old price list.");
    }
}
