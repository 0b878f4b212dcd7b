using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Protocol;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.IntegrationTests.Server;

public class DeadLetterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_that_failed_is_listed_and_tried_again()
    {
        var handler = new SecondTry();
        await using var server = await StartAsync(handler);
        var id = await AskedAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        Assert.Equal("not_yet", ((WorkflowFailedPayload)ViewerTests.Envelope(await ViewerTests.UntilAsync(events, "WORKFLOW_FAILED")).Payload).Reason);

        foreach (var query in new[] { "", $"?stream_id={id}" })
        {
            var letter = Assert.Single(await LettersAsync(server, query))!;
            Assert.Equal(
                (id, "seg-0", "question", "what does the yearly plan cost", "ana", "not_yet", 1),
                ((string)letter["stream_id"]!, (string)letter["segment_id"]!, (string)letter["workflow"]!, (string)letter["text"]!, (string)letter["speaker_id"]!, (string)letter["reason"]!, (int)letter["attempts"]!));
        }

        handler.Allow();
        Assert.Equal("""{"redriven":0}""", await RedriveAsync(server, $$"""{"stream_id": "{{id}}", "segment_id": "seg-1"}"""));
        Assert.Equal("""{"redriven":1}""", await RedriveAsync(server, $$"""{"stream_id": "{{id}}", "segment_id": "seg-0"}"""));
        Assert.Equal("Nine euros a month.", ((WorkflowResultPayload)ViewerTests.Envelope(await ViewerTests.UntilAsync(events, "WORKFLOW_RESULT")).Payload).Text);
        Assert.Empty(await LettersAsync(server, ""));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_and_a_page_reads_so_many_streams_and_no_more()
    {
        await using var server = await StartAsync(new SecondTry());
        string[] ids = [await AskedAsync(server), await AskedAsync(server)];
        for (var quiet = 0; quiet < 100; quiet++) await HttpTests.OpenAsync(server);
        ids = [.. ids, await AskedAsync(server)];
        foreach (var id in ids)
        {
            await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
            await ViewerTests.UntilAsync(events, "WORKFLOW_FAILED");
        }

        var (found, pages, after) = (new List<string>(), 0, (string?)null);
        do
        {
            var page = await ReadingTests.JsonAsync(server, $"/v1/dead-letters?limit=1{(after is null ? "" : $"&after={after}")}");
            found.AddRange(page["dead_letters"]!.AsArray().Select(letter => (string)letter!["stream_id"]!));
            (after, pages) = ((string?)page["after"], pages + 1);
        }
        while (after is not null);
        Assert.Equal(ids, found);
        Assert.Equal(3, pages);

        var (redriven, rounds) = (0, 0);
        do
        {
            var answer = JsonNode.Parse(await RedriveAsync(server, new JsonObject { ["after"] = after }.ToJsonString()))!;
            (redriven, after, rounds) = (redriven + (int)answer["redriven"]!, (string?)answer["after"], rounds + 1);
        }
        while (after is not null);
        Assert.Equal((3, 2), (redriven, rounds));
        await ProblemTests.AssertAsync(await server.Http.GetAsync("/v1/dead-letters?after=nowhere", Cancel), System.Net.HttpStatusCode.NotFound, "STREAM_NOT_FOUND");
        await ProblemTests.AssertAsync(await server.Http.GetAsync($"/v1/dead-letters?after={ids[0]}/x", Cancel), System.Net.HttpStatusCode.BadRequest, "invalid_message");
    }

    internal static Task<ParleyServer> StartAsync(SecondTry handler) =>
        ParleyServer.StartAsync(configure: builder => builder.Services.AddKeyedSingleton<IWorkflowHandler>("question", handler));

    internal static async Task<string> AskedAsync(ParleyServer server)
    {
        var id = await ViewerTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0, "end": 2, "text": "what does the yearly plan cost", "speaker_id": "ana"}
            {"sequence": 2, "start": 3, "end": 4, "text": "hm", "speaker_id": "ben"}
            """);
        return id;
    }

    internal static async Task<JsonArray> LettersAsync(ParleyServer server, string query) =>
        (await ReadingTests.JsonAsync(server, $"/v1/dead-letters{query}"))["dead_letters"]!.AsArray();

    internal static Task<string> RedriveAsync(ParleyServer server, string body) => HttpTests.PostAsync(server, "/v1/dead-letters/redrive", body, "application/json");
}
