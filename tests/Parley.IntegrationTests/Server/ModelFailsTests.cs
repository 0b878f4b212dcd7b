using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.IntegrationTests.Cli;
using Parley.IntegrationTests.Llm;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Tests.Cli;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>A model that does not work is seen by whoever runs the server.</summary>
public class ModelFailsTests
{
    private const string Refused = "not_authorized, HTTP 401: invalid_api_key: The key is not known here.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_told_once_with_the_words_of_the_server_and_once_when_it_works_again()
    {
        var isWell = false;
        await using var model = await ModelServer.StartAsync(request =>
            isWell || request.IsSummary ? Replies.Answer("Nine euros.") : Unknown());
        var lines = new LogLines();
        await using var server = await StartAsync(model, lines);
        Assert.DoesNotContain("problem", await ReadyAsync(server), StringComparison.Ordinal);
        var id = await DeadLetterTests.AskedAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        var failed = (WorkflowFailedPayload)ViewerTests.Envelope(await ViewerTests.UntilAsync(events, "WORKFLOW_FAILED")).Payload;
        Assert.Equal(("not_authorized", "HTTP 401 invalid_api_key"), (failed.Reason, failed.Detail));
        Assert.Equal((LogLevel.Warning, $"The model does not work: {Refused} "), await lines.NextAsync("ModelFails"));
        var expected = $"\"problem\":\"{Refused}\",\"reason\":\"not_authorized\",\"status\":401";
        Assert.Contains(expected, await ReadyAsync(server), StringComparison.Ordinal);
        Assert.Equal("HTTP 401 invalid_api_key", (string)Assert.Single(await DeadLetterTests.LettersAsync(server, ""))!["detail"]!);

        isWell = true;
        await DeadLetterTests.RedriveAsync(server, "{}");
        await ViewerTests.UntilAsync(events, "WORKFLOW_RESULT");
        var (level, text) = await lines.NextAsync("ModelWorksAgain", "ModelFails");
        Assert.Equal(LogLevel.Warning, level);
        Assert.StartsWith("The model works again, after 1 calls", text, StringComparison.Ordinal);
        Assert.Contains("\"model\":{\"ok\":true}", await ReadyAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_of_a_server_that_quotes_what_was_said_are_shown_nowhere()
    {
        await using var model = await ModelServer.StartAsync(
            _ => Replies.Refusal(403, "content_policy", "Not allowed: what does the yearly plan cost"));
        var lines = new LogLines();
        await using var server = await StartAsync(model, lines);
        await DeadLetterTests.AskedAsync(server);
        Assert.Equal("The model does not work: not_authorized, HTTP 403: content_policy ", (await lines.NextAsync("ModelFails")).Text);
        Assert.DoesNotContain("yearly", await ReadyAsync(server), StringComparison.Ordinal);
        Assert.DoesNotContain(lines.RestOfTexts(), line => line.Contains("yearly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_start_a_model_that_does_not_work_is_told_or_keeps_the_server_from_starting()
    {
        await using var model = await ModelServer.StartAsync(_ => Replies.Refusal(402, "no_credits", "Please pay."));
        var lines = new LogLines();
        await using var server = await StartAsync(model, lines, ("Model:StartCheck", "Warn"));
        var (_, text) = await lines.NextAsync("ModelFails");
        Assert.Equal("The model does not work: quota_exceeded, HTTP 402: no_credits: Please pay. ", text);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(model, new LogLines(), ("Model:StartCheck", "Require")));
        Assert.Equal(
            "The model does not work (quota_exceeded, HTTP 402: no_credits: Please pay.), and Parley:Model:StartCheck is Require: "
            + "see to the model, or set it to Warn to start without it.",
            refused.Message);
    }

    [Fact]
    public async Task A_server_whose_model_works_starts_whatever_is_required()
    {
        await using var model = await ModelServer.StartAsync(_ => Replies.Answer("OK"));
        await using var server = await StartAsync(model, new LogLines(), ("Model:StartCheck", "Require"));
        Assert.Single(model.Requests);
        Assert.Contains("\"model\":{\"ok\":true}", await ReadyAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_asks_the_model()
    {
        using var kept = new KeptConversations();
        await kept.RunAsync();
        await using var model = await ModelServer.StartAsync(_ => Unknown());
        var doctor = await kept.Of("doctor", "--llm", model.Endpoint.ToString(), "--model", "m");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains($"problem the model does not work: {Refused}", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_the_server_takes()
    {
        using var kept = new KeptConversations();
        await kept.RunAsync();
        await using var model = await ModelServer.StartAsync(request => request.Body["temperature"] is null
            ? Replies.Answer("OK")
            : Replies.Refusal(400, "invalid_request_error", "`temperature` is deprecated for this model."));
        var doctor = await kept.Of("doctor", "--llm", model.Endpoint.ToString(), "--model", "m");
        Assert.Equal(0, doctor.ExitCode);
        Assert.Contains(
            "the model answers; its server takes max_tokens, no temperature, stream_options, the role system, streaming",
            doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_and_a_redrive_say_why_nothing_was_answered()
    {
        using var kept = new KeptConversations();
        await using var model = await ModelServer.StartAsync(_ => Unknown());
        string[] llm = ["--llm", model.Endpoint.ToString(), "--model", "m"];
        var sample = Repository.At("samples", "standup.chunks.jsonl");
        var run = await CommandRun.Of(["run", sample, "--out", kept.At("out"), "--data", kept.Data, .. llm]);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains($"The model does not work: {Refused}", run.Error, StringComparison.Ordinal);
        var redrive = await kept.Of(["redrive", .. llm]);
        Assert.Equal(1, redrive.ExitCode);
        Assert.Contains($"The model does not work: {Refused}", redrive.Error, StringComparison.Ordinal);
    }

    private static Reply Unknown() => Replies.Refusal(401, "invalid_api_key", "The key is not known here.");

    private static Task<string> ReadyAsync(ParleyServer server) => server.Http.GetStringAsync("/readyz", Cancel);

    private static Task<ParleyServer> StartAsync(ModelServer model, LogLines lines, params (string Key, string? Value)[] settings) =>
        ParleyServer.StartAsync(
            configure: builder =>
            {
                builder.Logging.AddProvider(lines);
                builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(model.Endpoint, "m"));
            },
            settings: settings);
}
