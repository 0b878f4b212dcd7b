using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.Tests.Work;

public sealed class ConversationWorkTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private static readonly ConversationSettings Settings = new() { Workflows = Enum.GetValues<Workflow>() };

    private readonly MemoryEventLog _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task What_is_routed_is_done_and_told_and_the_end_has_a_summary()
    {
        await using var engine = new Engine(_log, new Answering());
        await engine.Directory.OpenAsync(Stream, Settings, Cancel);
        await SayAsync(engine.Directory, 1, "what does the ferry cost", "i'll go and book two cabins", "we decided to take the ferry", "the weather is fine");
        await engine.EndAsync();

        var told = await engine.ToldAsync();
        var stats = told.Select(fact => fact.Payload).OfType<SessionEndedPayload>().Single().Stats;
        Assert.Equal((4, 4, 0, 0), (stats.WorkRouted, stats.WorkDone, stats.WorkFailed, stats.WorkDropped));
        Assert.Equal(["seg-0", "seg-1", "seg-2", "seg-3"], told.Where(fact => fact.Payload is WorkflowResultPayload).Select(fact => fact.SegmentId).Order());
        var summary = told.Select(fact => fact.Payload).OfType<SummaryPayload>().Single(payload => payload.Kind == "final");
        Assert.Contains("## Main topics discussed", summary.Text, StringComparison.Ordinal);
        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    [Fact]
    public async Task A_summary_is_made_as_the_conversation_goes_on()
    {
        await using var engine = new Engine(_log, new Answering());
        await engine.Directory.OpenAsync(Stream, Settings, Cancel);
        await SayAsync(engine.Directory, 1, ["we decided to take the night ferry", .. Enumerable.Range(0, 7).Select(i => $"the ferry to island number {i} leaves in the morning")]);
        await engine.UntilAsync(state => state.Summary is { Kind: "incremental" });
        await engine.EndAsync();
        var summaries = (await engine.ToldAsync()).Select(fact => fact.Payload).OfType<SummaryPayload>().ToList();
        Assert.Equal("final", summaries[^1].Kind);
        Assert.True(summaries[0].ToEventId < summaries[^1].ToEventId);
        // Without a model the last one chooses from all that was said.
        Assert.Equal(1, summaries[^1].FromEventId);
        Assert.Contains("night ferry", summaries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_overload_chunks_are_taken_and_the_ledger_adds_up()
    {
        var hanging = new Hanging();
        await using (var engine = new Engine(_log, hanging, new WorkOptions { Capacity = 20 }))
        {
            await engine.Directory.OpenAsync(Stream, Settings, Cancel);
            await SayAsync(engine.Directory, 1, [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? $"what is number {i}" : $"this is number {i}")]);
            var ledger = engine.Work.Dispatcher.Ledger;
            Assert.Equal(ledger.Routed, ledger.Dropped + ledger.Failed + ledger.Done + ledger.Queued + ledger.Running);
            Assert.True(ledger.Dropped > 200);
            Assert.Equal(299, await engine.Directory.ReadAsync(Stream, state => state.Segments, Cancel));

            hanging.Release();
            await engine.EndAsync();
            var stats = (await engine.ToldAsync()).Select(fact => fact.Payload).OfType<SessionEndedPayload>().Single().Stats;
            Assert.Equal((300, 300), (stats.WorkRouted, stats.WorkDone + stats.WorkFailed + stats.WorkDropped));
        }

        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    [Fact]
    public async Task Work_that_was_open_when_a_process_ended_is_taken_up_again_and_applied_once()
    {
        await using (var first = new Engine(_log, new Hanging()))
        {
            await first.Directory.OpenAsync(Stream, Settings, Cancel);
            await SayAsync(first.Directory, 1, "what does the ferry cost", "and when does it leave", "well");
        }

        await using var second = new Engine(_log, new Answering());
        await second.Directory.ResumeAsync((stream, problem) => Assert.Fail($"{stream}: {problem}"), Cancel);
        await second.EndAsync();
        var results = (await second.ToldAsync()).Where(fact => fact.Payload is WorkflowResultPayload).Select(fact => fact.SegmentId).ToList();
        Assert.Equal(["seg-0", "seg-1", "seg-2"], results.Order());
    }

    [Fact]
    public async Task What_failed_is_a_dead_letter_with_its_context_until_it_is_answered()
    {
        await using (var refusing = new Engine(_log, new Refusing()))
        {
            await refusing.Directory.OpenAsync(Stream, Settings, Cancel);
            await SayAsync(refusing.Directory, 1, "the ferry leaves at nine", "what does it cost");
            await refusing.EndAsync();
        }

        var letters = await DeadLetters.ReadAsync(_log, Stream, _ => "test/1", Cancel).ToListAsync(Cancel);
        Assert.Equal(["seg-0", "seg-1"], letters.Select(letter => letter.Item.SegmentId).Order());
        Assert.All(letters, letter => Assert.Equal("refused", letter.Reason));
        Assert.Contains("the ferry leaves at nine", letters.Single(letter => letter.Item.SegmentId == "seg-1").Item.Context, StringComparison.Ordinal);

        await using var answering = new Engine(_log, new Answering());
        foreach (var letter in letters) answering.Work.Dispatcher.Redrive(letter);
        answering.Work.Dispatcher.Flush(Stream);
        await answering.UntilAsync(state => state.WorkDone == 2);
        Assert.Empty(await DeadLetters.ReadAsync(_log, Stream, _ => "test/1", Cancel).ToListAsync(Cancel));
        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_read_any_more_keeps_no_worker_from_the_others()
    {
        const string Other = "str-6f1f0a52-0000-4000-8000-000000000002";
        var hanging = new Hanging();
        var options = new WorkOptions { Question = new() { Workers = 1, BatchSize = 1, BatchDelay = TimeSpan.Zero } };
        await using var engine = new Engine(_log, hanging, options);
        await engine.Directory.OpenAsync(Stream, Settings, Cancel);
        await SayAsync(engine.Directory, 1, "what does the ferry cost", "well");
        await hanging.Begun;
        engine.Directory.MarkUnreadable(new StreamUnreadableException(Stream, "A fact cannot be read."));
        hanging.Release();

        await engine.Directory.OpenAsync(Other, Settings, Cancel);
        await SayAsync(engine.Directory, Other, 1, "what does the train cost", "well");
        // The question; what is said behind it has workers of its own.
        await engine.UntilAsync(Other, state => state.WorkDone > 0 && !state.Pending.ContainsKey("seg-0"));
        var ledger = engine.Work.Dispatcher.Ledger;
        Assert.Equal(ledger.Routed, ledger.Dropped + ledger.Failed + ledger.Done + ledger.Queued + ledger.Running);
    }

    private static Task SayAsync(ConversationDirectory directory, int sequence, params string[] texts) =>
        SayAsync(directory, Stream, sequence, texts);

    private static async Task SayAsync(ConversationDirectory directory, string stream, int sequence, params string[] texts)
    {
        foreach (var text in texts)
        {
            var at = sequence * 3.0;
            await directory.SayAsync(stream, new ChunkDelivery(sequence++, new StreamChunk(at, at + 1, text, sequence % 2 == 0 ? "ana" : "ben")), Cancel);
        }
    }

    /// <summary>A directory with somebody who works for it.</summary>
    private sealed class Engine : IAsyncDisposable
    {
        private readonly MemoryEventLog _log;
        private readonly StateObserver _states = new();

        public Engine(MemoryEventLog log, IWorkflowHandler handler, WorkOptions? options = null)
        {
            _log = log;
            var retriedAtOnce = new WorkflowOptions { RetryDelay = TimeSpan.Zero, MaxAttempts = 2 };
            options ??= new WorkOptions();
            Directory = new ConversationDirectory(log);
            Work = new ConversationWork(
                Directory,
                Enum.GetValues<Workflow>().ToDictionary(workflow => workflow.ToName(), _ => handler),
                new Summaries(log),
                options with { General = retriedAtOnce, ActionItem = retriedAtOnce, Decision = retriedAtOnce });
            Directory.Observe(_states);
        }

        public ConversationWork Work { get; }

        public ConversationDirectory Directory { get; }

        public async Task EndAsync()
        {
            await Directory.PostAsync(Stream, new End("requested"), Cancel);
            await UntilAsync(state => state.Phase == ConversationPhase.Ended);
        }

        public Task UntilAsync(Func<ConversationState, bool> reached) => UntilAsync(Stream, reached);

        public Task UntilAsync(string stream, Func<ConversationState, bool> reached) => _states.UntilAsync(Directory, stream, reached, Cancel);

        public async Task<List<VisibleFact>> ToldAsync() =>
            await _log.ReadEventsAsync(Stream, 0, Cancel).Select(record => (VisibleFact)FactRecords.ToFact(record)).ToListAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            await Work.DisposeAsync();
            await Directory.DisposeAsync();
        }
    }

    private sealed class Answering : IWorkflowHandler
    {
        public string Version => "test/1";

        public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken) =>
            new([.. batch.Select(item => new WorkResult($"about {item.SegmentId}"))]);
    }

    private sealed class Hanging : IWorkflowHandler
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public string Version => "test/1";

        public void Release() => _released.TrySetResult();

        public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
        {
            _begun.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
            return [.. batch.Select(item => new WorkResult($"about {item.SegmentId}"))];
        }
    }

    private sealed class Refusing : IWorkflowHandler
    {
        public string Version => "test/1";

        public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken) =>
            throw new WorkRefusedException("refused");
    }
}
