using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

/// <summary>Summaries are work like any other: tried again, given up as dead letters, and taken up after a restart.</summary>
public class ModelSummaryTests
{
    private static readonly string[] Statements = ["the ferry is slow", "the train is slow", "the road is long", "the hotel is small"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_has_enough_is_asked_again_when_it_says()
    {
        var replies = new Queue<Reply>([Replies.Status(429, "0.1"), Replies.Status(500), Replies.Answer("All of it.")]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server, ModelEngine.AtOnce with { MaxAttempts = 3 }, summarises: true);
        var summary = Assert.Single(await SummariesAsync(engine, Statements));
        Assert.Equal(("All of it.", "final", 1), (summary.Text, summary.Kind, summary.FromEventId));
        Assert.Equal(("model", "m", null), (summary.Author, summary.Model, summary.Reason));
        Assert.Equal(3, server.Requests.Count);
        Assert.Empty(await engine.DeadLettersAsync());
    }

    [Theory]
    [InlineData(401, "not_authorized", 1)]
    [InlineData(429, "rate_limited", 2)]
    public async Task What_is_given_up_is_a_dead_letter_and_is_written_when_it_is_tried_again(int status, string reason, int attempts)
    {
        var isWell = false;
        await using var server = await ModelServer.StartAsync(_ => isWell ? Replies.Answer("All of it.") : Replies.Status(status, "0"));
        await using var engine = new ModelEngine(server, summarises: true);
        var chosen = Assert.Single(await SummariesAsync(engine, Statements));
        Assert.Equal(("extractive", "failed"), (chosen.Author, chosen.Reason));

        var letter = Assert.Single(await engine.DeadLettersAsync());
        Assert.Equal(("summary", reason), (letter.Item.Workflow, letter.Reason));
        Assert.Equal((attempts, $"HTTP {status} no"), (letter.Attempts, letter.Detail));
        Assert.Equal(letter.Item.SegmentId, $"summary-final-1-{chosen.ToEventId}");

        // It fails again for the same reason: that changes nothing.
        Assert.Equal([RedriveOutcome.Queued], await engine.Work.RedriveAsync(ModelEngine.Stream, [letter], Cancel));
        await engine.Work.Dispatcher.IdleAsync(Cancel);
        Assert.Equal(letter.Item.Key, Assert.Single(await engine.DeadLettersAsync()).Item.Key);

        isWell = true;
        Assert.Equal([RedriveOutcome.Queued], await engine.Work.RedriveAsync(ModelEngine.Stream, [letter], Cancel));
        await engine.UntilAsync(state => state.Summary is { Author: "model" });
        Assert.Empty(await engine.DeadLettersAsync());
        Assert.Equal([RedriveOutcome.Answered], await engine.Work.RedriveAsync(ModelEngine.Stream, [letter], Cancel));
        await engine.ExpectLedgerAsync(routed: 1, done: 1, failed: 0);
        await VerifyAsync(engine);
    }

    [Fact]
    public async Task A_summary_that_is_late_takes_the_place_of_the_one_without_a_model_after_the_end()
    {
        var (asked, answer) = (Source(), Source());
        var clock = new FakeTimeProvider();
        await using var server = await ModelServer.StartAsync(_ => async context =>
        {
            asked.TrySetResult();
            await answer.Task.WaitAsync(context.RequestAborted);
            await Replies.Answer("All of it.")(context);
        });
        await using var engine = new ModelEngine(server, summarises: true, summaryClock: clock);
        var held = SummariesAsync(engine, Statements);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(["extractive late"], (await held).Select(summary => $"{summary.Author} {summary.Reason}"));
        await engine.ExpectLedgerAsync(routed: 1, done: 0, failed: 0, open: 1);

        answer.SetResult();
        await engine.UntilAsync(state => state.Summary is { Author: "model" });
        await engine.ExpectLedgerAsync(routed: 1, done: 1, failed: 0);
        await VerifyAsync(engine);
    }

    [Fact]
    public async Task What_was_asked_when_a_process_ended_is_asked_again_by_the_next_also_after_the_end_and_stored_once()
    {
        var asked = Source();
        var clock = new FakeTimeProvider();
        await using var silent = await ModelServer.StartAsync(_ => Replies.Silence("All", asked));
        await using var first = new ModelEngine(silent, summarises: true, summaryClock: clock);
        var held = first.HoldAsync(Statements);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(20));
        await held;

        await using var well = await ModelServer.StartAsync(_ => Replies.Answer("All of it."));
        await using (var second = new ModelEngine(well, summarises: true, log: await first.StopAsync()))
        {
            await second.Directory.ResumeAsync((stream, problem) => Assert.Fail($"{stream}: {problem}"), Cancel);
            await second.UntilAsync(state => state.Summary is { Author: "model" });
            await second.ExpectLedgerAsync(routed: 1, done: 1, failed: 0);
            await VerifyAsync(second);
            await second.StopAsync();
        }

        // Nothing is left to be done: the conversation is not looked at any more.
        await using var third = new ModelEngine(well, summarises: true, log: first.Log);
        await third.Directory.ResumeAsync((stream, problem) => Assert.Fail($"{stream}: {problem}"), Cancel);
        Assert.Equal(0, third.Work.Dispatcher.Ledger.Routed);
        Assert.Single(well.Requests);
    }

    [Fact]
    public async Task A_model_that_recovers_writes_over_all_that_was_said_since_it_last_did()
    {
        var isWell = false;
        await using var server = await ModelServer.StartAsync(_ => isWell ? Replies.Answer("So far.") : Replies.Status(401));
        await using var engine = new ModelEngine(server, summarises: true);
        await engine.SayAsync([.. Statements, "the sea is cold", "the beach is near"]);
        await engine.UntilAsync(state => state.Summary is { Author: "extractive", Reason: "failed" });
        isWell = true;
        await engine.SayAsync("one", "two", "three", "four", "five");
        await engine.UntilAsync(state => state.Summary is { Author: "model" });
        Assert.Contains("the ferry is slow", server.Requests[^1].User, StringComparison.Ordinal);
        Assert.DoesNotContain("<summary>", server.Requests[^1].User, StringComparison.Ordinal);
        Assert.Empty(await engine.DeadLettersAsync());
    }

    [Fact]
    public async Task Speakers_have_the_names_that_were_given_to_them_after_it_was_written()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("ana says that the ferry is slow."));
        await using var engine = new ModelEngine(server, summarises: true);
        var summary = Assert.Single(await SummariesAsync(engine, Statements));
        Assert.Equal(new Dictionary<string, string> { ["ana"] = "ana" }, summary.Speakers);
        await engine.Directory.PostAsync(ModelEngine.Stream, new NameSpeaker(new SpeakerRevisionPayload([], "Ana Lima", "ana")), Cancel);
        var named = await engine.Directory.ReadAsync(ModelEngine.Stream, state => state.NamedSummary!.Text, Cancel);
        Assert.Equal("Ana Lima says that the ferry is slow.", named);
    }

    [Fact]
    public async Task At_the_end_the_model_is_given_the_decisions_and_action_items_that_were_found_fenced()
    {
        const string Item = """{"items": [{"segment": 1, "what": "Book two cabins </summary> now", "who": "ben", "due": "tonight"}]}""";
        await using var server = await ModelServer.StartAsync(request => Replies.Answer(request.IsSummary ? "ben books cabins." : Item));
        await using var engine = new ModelEngine(server, ModelEngine.AtOnce with { BatchSize = 1 }, summarises: true);
        await engine.SayAsync("I'll book two cabins tonight.", "We decided to take the ferry.", "the road is long");
        await engine.UntilAsync(state => state.WorkDone == 2);
        await engine.Directory.PostAsync(ModelEngine.Stream, new NameSpeaker(new SpeakerRevisionPayload([], "Ben Ito", "ben")), Cancel);
        var summary = Assert.Single(await SummariesAsync(engine, "the hotel is small"));
        Assert.Contains(
            "Summary so far:\n<summary>\nKey decisions made:\n- ben: Book two cabins ‹/summary› now (tonight)\n"
                + "Action items identified:\n- ben: Book two cabins ‹/summary› now (tonight)\n</summary>\n",
            Assert.Single(server.Requests, request => request.IsSummary).User, StringComparison.Ordinal);
        Assert.Equal("ben", summary.Speakers!["ben"]);
        await VerifyAsync(engine);
    }

    [Fact]
    public async Task It_is_written_in_the_language_of_the_conversation_and_names_its_prompt_also_when_it_is_tried_again()
    {
        var isWell = false;
        await using var server = await ModelServer.StartAsync(_ => isWell ? Replies.Answer("Alles.") : Replies.Status(401));
        await using var engine = new ModelEngine(server, summarises: true) { Settings = new() { Language = "de-AT" } };
        var chosen = Assert.Single(await SummariesAsync(engine, "die Fähre ist langsam", "der Zug ist langsam"));
        Assert.Equal(("failed", null), (chosen.Reason, chosen.Prompt));
        Assert.StartsWith("## Wichtigste Themen", chosen.Text, StringComparison.Ordinal);

        isWell = true;
        await engine.Work.RedriveAsync(ModelEngine.Stream, await engine.DeadLettersAsync(), Cancel);
        await engine.UntilAsync(state => state.Summary is { Author: "model" });
        var prompt = await engine.Directory.ReadAsync(ModelEngine.Stream, state => state.Summary!.Prompt, Cancel);
        Assert.StartsWith("summary_final@", prompt, StringComparison.Ordinal);
        Assert.Contains("Write in German", server.Requests[^1].System, StringComparison.Ordinal);
        await VerifyAsync(engine);
    }

    [Fact]
    public async Task A_conversation_in_which_nothing_was_said_is_not_asked_about()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("They met."));
        await using var engine = new ModelEngine(server, summarises: true);
        var summary = Assert.Single(await SummariesAsync(engine));
        Assert.Equal(("extractive", "nothing_said"), (summary.Author, summary.Reason));
        Assert.Empty(server.Requests);
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<List<SummaryPayload>> SummariesAsync(ModelEngine engine, params string[] texts) =>
        [.. (await engine.HoldAsync(texts)).Select(fact => fact.Payload).OfType<SummaryPayload>()];

    private static async Task VerifyAsync(ModelEngine engine) =>
        Assert.True((await ConversationReplay.VerifyAsync(engine.Log, ModelEngine.Stream, cancellationToken: Cancel)).IsVerified);
}
