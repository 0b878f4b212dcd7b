using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class PrefixTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Under_a_path_that_an_application_gave_it_the_page_plays_the_sample()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
        NoFiguresAreExpected();
        await using var app = builder.Build();
        app.MapGroup("/talk/live").MapParley();
        await app.StartAsync(Cancel);

        await Page.GotoAsync($"{app.Urls.Single()}/talk/live");
        await Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Play a sample" }).ClickAsync();
        await Expect(Page.GetByText("Okay, good morning everybody.").First).ToBeVisibleAsync();
        await Page.Locator(".menu summary").ClickAsync();
        Assert.StartsWith($"{app.Urls.Single()}/talk/live/v1/streams/str-", await Page.Locator(".menu a").First.GetAttributeAsync("href"), StringComparison.Ordinal);
        await Page.Locator("#tab-figures").ClickAsync();
        await Expect(Page.Locator(".charts .note")).ToHaveTextAsync("This server does not publish its figures.");
        // This server goes before the window does.
        await Page.CloseAsync();
    }
}
