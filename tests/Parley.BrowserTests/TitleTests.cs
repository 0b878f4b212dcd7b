using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class TitleTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task A_conversation_shows_its_title_as_text_and_so_does_the_window()
    {
        var id = await Server.OpenAsync(new { title = "Ferry <b>bookings</b>" });
        await ShowAsync(id);
        await Expect(Page.Locator("h1")).ToContainTextAsync("Ferry <b>bookings</b>");
        await Expect(Page.Locator("h1")).ToContainTextAsync(id[4..12]);
        Assert.Equal("Ferry <b>bookings</b> · Parley", await Page.TitleAsync());
    }

    [Fact]
    public async Task One_without_a_title_is_called_by_its_id()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Expect(Page.Locator("h1")).ToHaveTextAsync($"Conversation {id[4..12]}");
    }
}
