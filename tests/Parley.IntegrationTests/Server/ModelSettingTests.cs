using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Llm;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>What the settings leave to a model.</summary>
public class ModelSettingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CallsPerStream", "1", null)]
    [InlineData("TokensPerStream", "1300", null)]
    [InlineData("CostPerStream", "0.6", "OutputPricePerMillion")]
    public async Task A_stream_that_has_used_up_its_budget_is_quoted_instead(string setting, string value, string? price)
    {
        using var model = new SpokenModel();
        // An answer may have 500 tokens: half the budget and a little more is set aside for the first question. It answers with few.
        (string, string?)[] settings = price is null ? [($"Model:{setting}", value)] : [($"Model:{setting}", value), ($"Model:{price}", "1000")];
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<IChatClient>(model), settings: settings);
        var id = await ViewerTests.OpenAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0, "end": 2, "text": "what does the yearly plan cost", "speaker_id": "ana"}
            {"sequence": 2, "start": 3, "end": 4, "text": "when does the ferry leave", "speaker_id": "ben"}
            {"sequence": 3, "start": 5, "end": 6, "text": "hm", "speaker_id": "ana"}
            """);
        // While the first is being answered the second finds nothing left.
        var quoted = (WorkflowResultPayload)ViewerTests.Envelope(await ViewerTests.UntilAsync(events, "WORKFLOW_RESULT")).Payload;
        model.Say("Nine euros a month.");
        model.Finish();
        var answered = (WorkflowResultPayload)ViewerTests.Envelope(await ViewerTests.UntilAsync(events, "WORKFLOW_RESULT")).Payload;
        Assert.StartsWith("extractive/", quoted.Handler, StringComparison.Ordinal);
        Assert.Equal("Nine euros a month.", answered.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_budget_survives_a_restart(bool fails)
    {
        using var folder = new TemporaryFolder();
        await using var model = await ModelServer.StartAsync(_ => fails ? Replies.Status(401) : Replies.Answer("Nine euros a month."));
        await using var server = await ParleyServer.StartAsync(
            folder.Path,
            builder => builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(model.Endpoint, "m")),
            ("Model:CallsPerStream", "1"));
        var id = await DeadLetterTests.AskedAsync(server);
        await using (var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel))
            await ViewerTests.UntilAsync(events, fails ? "WORKFLOW_FAILED" : "WORKFLOW_RESULT");

        await server.RestartAsync();
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 3, "start": 5, "end": 6, "text": "when does the ferry leave", "speaker_id": "ana"}
            {"sequence": 4, "start": 7, "end": 8, "text": "hm", "speaker_id": "ben"}
            """);
        var quoted = await HttpTests.EventsAsync(server, id).Where(item => item.EventType == "WORKFLOW_RESULT")
            .Select(item => (WorkflowResultPayload)ViewerTests.Envelope(item).Payload)
            .FirstAsync(result => result.Handler.StartsWith("extractive/", StringComparison.Ordinal), Cancel);
        Assert.Equal(1, quoted.Usage?.Calls);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task The_context_has_no_more_tokens_than_it_may()
    {
        await using var server = await ParleyServer.StartAsync(settings: ("ContextTokens", "60"));
        var id = await ViewerTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", string.Join('\n', Enumerable.Range(1, 8).Select(sequence => new JsonObject
        {
            ["sequence"] = sequence,
            ["start"] = sequence * 2,
            ["end"] = (sequence * 2) + 1,
            ["text"] = $"and this is what we have to say about point number {sequence}",
            ["speaker_id"] = sequence % 2 == 0 ? "ana" : "ben",
        }.ToJsonString())));
        var context = await ReadingTests.JsonAsync(server, $"/v1/streams/{id}/context");
        Assert.Equal(60, (int)context["max_tokens"]!);
        Assert.InRange((int)context["tokens"]!, 20, 60);
        Assert.EndsWith("about point number 7\n</conversation>", (string)context["text"]!, StringComparison.Ordinal);
    }
}
