using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.BrowserTests.Support;
using Parley.Tests.Support;

namespace Parley.BrowserTests;

public class StreamsTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task The_sample_plays_into_a_conversation_that_the_list_then_shows()
    {
        await Page.GotoAsync(Server.Url);
        await Expect(Page.Locator(".list-status")).ToContainTextAsync("no conversation yet");
        await Page.GetByLabel("Speed of the sample").SelectOptionAsync("10");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Play a sample" }).ClickAsync();
        await Expect(Page.Locator(".source-label")).ToContainTextAsync("Playing the sample");
        await Page.GetByLabel("Speed of the sample").SelectOptionAsync("50");
        await Expect(Page.Locator("[data-segment=seg-3].final")).ToContainTextAsync("So we have three things today.");

        await Page.GetByLabel("Parley: all conversations").ClickAsync();
        var row = Page.Locator("[data-stream]");
        await Expect(row.Locator(".state")).ToHaveTextAsync("live");
        await Expect(row.Locator(".state")).ToHaveTextAsync("ended", new() { Timeout = 30_000 });
        await Expect(row.Locator(".figure").Nth(2)).ToContainTextAsync("64");
        await Expect(Page.Locator(".list-status")).ToContainTextAsync("0 live conversations, 1 in all");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page.Locator(".segment.final")).ToHaveCountAsync(64);
    }

    [Fact]
    public async Task A_new_conversation_says_how_to_send_to_it_and_can_be_ended()
    {
        await Page.GotoAsync(Server.Url);
        await Page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Expect(Page.Locator(".captions-empty")).ToContainTextAsync("Waiting for the first words.");
        await Expect(Page.Locator(".captions-empty pre")).ToContainTextAsync($"curl {Server.Url}/v1/streams/str-");
        await Page.Locator("#end").ClickAsync();
        await Expect(Page.Locator(".captions-empty")).ToContainTextAsync("Nothing was said in this conversation.");
        await Expect(Page.Locator("#end")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_figures_of_the_server_are_drawn()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Page.Locator("#tab-figures").ClickAsync();
        await Server.SayAsync(id, (0, 1, "One.", "ana"), (2, 3, "Two.", "ben"));
        await Expect(Page.Locator("#panel-figures dl").First).ToContainTextAsync("Segments2");
        await Expect(Page.GetByRole(AriaRole.Img, new() { Name = "Chunks a second" })).ToHaveAttributeAsync("aria-label", new Regex("now [0-9.]+, at most [0-9.]+"));
        await Expect(Page.GetByRole(AriaRole.Img, new() { Name = "Delay to this page" })).ToHaveAttributeAsync("aria-label", new Regex("now [0-9.]+ m?s"));
    }

    [Fact]
    public async Task The_figures_of_the_page_are_those_of_the_server()
    {
        var id = await Server.StandupAsync();
        await Server.OpenAsync();
        // The events of a stream end when it has ended, and its work with it.
        await Server.Http.GetStringAsync($"/v1/streams/{id}/events");
        var stats = JsonNode.Parse(await Server.Http.GetStringAsync($"/v1/streams/{id}"))!["stats"]!;
        await ShowAsync(id);
        await Page.Locator("#tab-figures").ClickAsync();
        var own = Page.Locator("#panel-figures dl").First;
        await Expect(own).ToContainTextAsync(
            $"Routed{stats["work_routed"]}Done{stats["work_done"]}Dropped{stats["work_dropped"]}Failed{stats["work_failed"]}");
        await Expect(Page.Locator("#panel-figures .charts")).ToContainTextAsync("Open streams1");
        await Expect(Page.Locator("#panel-figures .charts")).ToContainTextAsync("Captions are skipped for a viewer that reads slowly");
    }

    [Fact]
    public void The_sample_is_the_one_in_the_samples() => Assert.Equal(
        File.ReadAllText(Repository.At("samples", "standup.chunks.jsonl")),
        File.ReadAllText(Repository.At("src", "Parley.AspNetCore", "wwwroot", "sample.jsonl")));
}
