using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Llm;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>The summary over HTTP: with the stream, its results and its transcript; tried again where a model did not write it.</summary>
public class SummaryCallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_comes_with_the_stream_the_results_and_the_transcript_under_the_names_that_speakers_have_now()
    {
        await using var model = await ModelServer.StartAsync(_ => Replies.Answer("## Main topics\n- ana & <ben> like the ferry"));
        await using var server = await StartAsync(model);
        var id = await EndedAsync(server);
        using var named = await server.Http.PutAsJsonAsync($"/v1/streams/{id}/speakers/ana", new { name = "Ana Lima" }, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, named.StatusCode);

        var summary = (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["summary"]!;
        Assert.Equal("## Main topics\n- Ana Lima & <ben> like the ferry", (string)summary["text"]!);
        Assert.Equal(("final", 1), ((string)summary["kind"]!, (int)summary["from_event_id"]!));
        Assert.Equal(("model", "m"), ((string)summary["author"]!, (string)summary["model"]!));
        Assert.True((int)summary["event_id"]! > (int)summary["to_event_id"]!);
        Assert.True((DateTimeOffset)summary["at"]! > DateTimeOffset.UnixEpoch);
        Assert.Null(summary["reason"]);
        var results = await ReadingTests.JsonAsync(server, $"/v1/streams/{id}/results");
        Assert.Equal(summary.ToJsonString(), results["summary"]!.ToJsonString());

        var markdown = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=md&summary=true", Cancel);
        Assert.Contains(
            "\n## Summary\n\n*Written by the model m.*\n\n### Main topics\n- Ana Lima \\& \\<ben\\> like the ferry\n\n## Transcript\n",
            markdown,
            StringComparison.Ordinal);
        var text = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=txt&summary=true", Cancel);
        Assert.StartsWith("Summary\nWritten by the model m.\n\nMain topics\n", text, StringComparison.Ordinal);
        Assert.Contains("\n\nTranscript\n\n[00:00:00.000] Ana Lima: ", text, StringComparison.Ordinal);
        var without = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=md", Cancel);
        Assert.DoesNotContain("Summary", without, StringComparison.Ordinal);
        foreach (var query in new[] { "format=srt&summary=true", "format=md&summary=yes" })
        {
            var refused = await server.Http.GetAsync($"/v1/streams/{id}/transcript?{query}", Cancel);
            await ProblemTests.AssertAsync(refused, HttpStatusCode.BadRequest, "invalid_message");
        }
    }

    [Fact]
    public async Task Without_a_model_it_says_so_and_is_no_work()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await EndedAsync(server);
        var detail = await ReadingTests.JsonAsync(server, $"/v1/streams/{id}");
        Assert.Equal(("extractive", "no_model"), ((string)detail["summary"]!["author"]!, (string)detail["summary"]!["reason"]!));
        var work = (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}/results"))["results"]!.AsArray();
        Assert.Equal(work.Count, (int)detail["stats"]!["work_routed"]!);
    }

    [Fact]
    public async Task One_that_a_model_did_not_write_is_listed_and_tried_again()
    {
        var isWell = false;
        await using var model = await ModelServer.StartAsync(request =>
            !request.IsSummary ? Replies.Answer("""{"items": []}""")
            : isWell ? Replies.Answer("All of it.")
            : Replies.Refusal(401, "invalid_api_key", "No."));
        await using var server = await StartAsync(model);
        var id = await EndedAsync(server);
        Assert.Equal("extractive", (string)(await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["summary"]!["author"]!);
        Assert.Equal((1, 0, 1), await LedgerAsync(server, id));

        var letter = Assert.Single(await DeadLetterTests.LettersAsync(server, $"?stream_id={id}"))!;
        Assert.Equal(("summary", "not_authorized"), ((string)letter["workflow"]!, (string)letter["reason"]!));
        Assert.Equal("HTTP 401 invalid_api_key", (string)letter["detail"]!);
        var name = (string)letter["segment_id"]!;
        Assert.Empty(await DeadLetterTests.LettersAsync(server, $"?after={id}/{name}"));

        isWell = true;
        var redriven = await DeadLetterTests.RedriveAsync(server, $$"""{"stream_id": "{{id}}", "segment_id": "{{name}}"}""");
        Assert.Equal("""{"redriven":1}""", redriven);
        await UntilWrittenAsync(server.Http, id);
        Assert.Equal((1, 1, 0), await LedgerAsync(server, id));
        Assert.Empty(await DeadLetterTests.LettersAsync(server, ""));
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_asks_after_the_end_asks_again_and_stores_one()
    {
        using var folder = new TemporaryFolder();
        var (asked, isWell) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        await using var model = await ModelServer.StartAsync(request => !request.IsSummary ? Replies.Answer("OK")
            : isWell ? Replies.Answer("All of it.") : Replies.Silence("All", asked));
        string id;
        await using (var killed = await ServeAsync(model, folder.Path))
        {
            id = await SayAsync(killed.Http);
            (await killed.Http.PostAsync($"/v1/streams/{id}/end", null, Cancel)).EnsureSuccessStatusCode();
            await asked.Task;
            // The end has not waited for the model.
            while ((string)(await StreamAsync(killed.Http, id))["state"]! != "ended") await Task.Yield();
            Assert.Equal("late", (string)(await StreamAsync(killed.Http, id))["summary"]!["reason"]!);
            await killed.SignalAsync("KILL");
            await killed.ExitAsync();
        }

        isWell = true;
        await using var again = await ServeAsync(model, folder.Path);
        await UntilWrittenAsync(again.Http, id);
        var events = await again.Http.GetStringAsync($"/v1/streams/{id}/events", Cancel);
        Assert.Equal(1, events.Split("\"author\":\"model\"").Length - 1);
        Assert.Equal(0, (int)(await StreamAsync(again.Http, id))["open_work"]!);
    }

    private static Task<ServeProcess> ServeAsync(ModelServer model, string folder) =>
        ServeProcess.StartAsync($"--llm {model.Endpoint} --model m", ("Data", folder), ("EndDrainSec", "1.5"), ("Model:StartCheck", "Off"));

    private static Task<ParleyServer> StartAsync(ModelServer model) => ParleyServer.StartAsync(
        configure: builder => builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(model.Endpoint, "m")));

    private static async Task<string> EndedAsync(ParleyServer server)
    {
        var id = await SayAsync(server.Http);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await HttpTests.EventsAsync(server, id).ToListAsync(Cancel);
        return id;
    }

    private static async Task<string> SayAsync(HttpClient http)
    {
        using var opened = await http.PostAsync("/v1/streams", null, Cancel);
        var id = (string)JsonNode.Parse(await opened.Content.ReadAsStringAsync(Cancel))!["stream_id"]!;
        using var body = new StringContent("""
            {"sequence": 1, "start": 0, "end": 2, "text": "the ferry is slow", "speaker_id": "ana"}
            {"sequence": 2, "start": 2, "end": 4, "text": "the train is fast", "speaker_id": "ben"}
            """);
        body.Headers.ContentType = new("application/jsonl");
        (await http.PostAsync($"/v1/streams/{id}/chunks", body, Cancel)).EnsureSuccessStatusCode();
        return id;
    }

    private static async Task<JsonNode> StreamAsync(HttpClient http, string id) =>
        JsonNode.Parse(await http.GetStringAsync($"/v1/streams/{id}", Cancel))!;

    private static async Task UntilWrittenAsync(HttpClient http, string id)
    {
        while ((string?)(await StreamAsync(http, id))["summary"]?["author"] != SummaryAuthors.Model) await Task.Yield();
    }

    private static async Task<(int Routed, int Done, int Failed)> LedgerAsync(ParleyServer server, string id)
    {
        var stats = (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["stats"]!;
        return ((int)stats["work_routed"]!, (int)stats["work_done"]!, (int)stats["work_failed"]!);
    }
}
