using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Parley.BrowserTests.Support;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.BrowserTests;

public class LateTests(Browser browser) : PageTest(browser)
{
    private readonly SecondTry _handler = new();

    internal override Task<PageServer> StartAsync() => PageServer.StartAsync(builder => builder.Services.AddKeyedSingleton<IWorkflowHandler>("question", _handler));

    [Fact]
    public async Task Who_opens_the_page_in_mid_sentence_sees_it_at_once()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, 0, 1.2, "What does it", "ana");
        await ShowAsync(id);
        await Expect(Page.Locator("[data-segment=seg-0] .said")).ToHaveTextAsync("What does it");
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_end_shows_without_a_reload()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 2, "What does the yearly plan cost?", "ana"), (3, 4, "Hm.", "ben"));
        await Server.EndAsync(id);
        await ShowAsync(id);
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Answers" }).ClickAsync();
        await Expect(Page.Locator(".connection")).ToHaveAttributeAsync("data-state", "ended");
        await Expect(Page.Locator(".answer")).ToHaveAttributeAsync("data-state", "failed");

        _handler.Allow();
        (await Server.Http.PostAsJsonAsync("/v1/dead-letters/redrive", new { stream_id = id }, Cancel)).EnsureSuccessStatusCode();
        await Expect(Page.Locator(".answer")).ToHaveAttributeAsync("data-state", "done", new() { Timeout = 20_000 });
        await Expect(Page.Locator(".answer-body")).ToContainTextAsync("Nine euros a month.");
    }
}
