using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class ExportTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task The_transcript_can_be_had_in_ten_formats()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 1, "What does it cost?", "ana"), (2, 3, "Nine euros.", "ben"));
        await Server.EndAsync(id);
        await ShowAsync(id);
        await Page.Locator(".menu summary").ClickAsync();
        var links = Page.Locator(".menu a");
        await Expect(links).ToHaveCountAsync(10);
        foreach (var link in await links.AllAsync())
        {
            var format = (await link.GetAttributeAsync("data-format"))!;
            var download = await Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
            Assert.EndsWith($".{format}", download.SuggestedFilename, StringComparison.Ordinal);
            var text = await File.ReadAllTextAsync(await download.PathAsync(), Cancel);
            Assert.Contains(format == "rttm" ? $"SPEAKER {id} " : "Nine euros.", text, StringComparison.Ordinal);
            Assert.Equal(await Server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format={format}", Cancel), text);
        }
        await Page.Keyboard.PressAsync("Escape");
        await Expect(links.First).ToBeHiddenAsync();
    }
}
