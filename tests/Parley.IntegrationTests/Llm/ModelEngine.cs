using Microsoft.Extensions.AI;
using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

/// <summary>A conversation whose work a model at a real address does.</summary>
internal sealed class ModelEngine : IAsyncDisposable
{
    public const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private readonly IChatClient _client;
    private readonly StateObserver _states = new();
    private int _said;

    // A client that is given knows where its server is.
    public ModelEngine(
        ModelServer? server,
        WorkflowOptions? options = null,
        LlmLimits? limits = null,
        Action<WorkProgress>? onProgress = null,
        bool summarises = false,
        TimeProvider? summaryClock = null,
        bool forgets = false,
        IChatClient? client = null,
        MemoryEventLog? log = null,
        ModelPrices? prices = null,
        ModelCallOptions? asked = null)
    {
        Log = log ?? new MemoryEventLog();
        options ??= AtOnce;
        _client = client ?? new OpenAIChatClient(server!.Endpoint, "m");
        Model = new ChatModel(_client, new LlmBudget(limits, prices), asked);
        Directory = new ConversationDirectory(Log);
        Work = new ConversationWork(
            Directory,
            new Dictionary<string, IWorkflowHandler>
            {
                ["question"] = new AnswerHandler(Model),
                ["action_item"] = ExtractionHandler.OfActions(Model),
                ["decision"] = ExtractionHandler.OfDecisions(Model),
                ["general"] = ExtractionHandler.OfBoth(Model),
            },
            new Summaries(Log, summarises ? Model : null, clock: summaryClock),
            new WorkOptions
            {
                Question = options with { Workers = 4, BatchSize = 1 },
                ActionItem = options,
                Decision = options,
                General = options,
                Summary = options with { BatchSize = 1, BatchDelay = TimeSpan.Zero },
            },
            onProgress,
            budget: forgets ? Model.Budget : null);
        Directory.Observe(_states);
    }

    /// <summary>Two attempts without a pause.</summary>
    public static WorkflowOptions AtOnce { get; } = new() { RetryDelay = TimeSpan.Zero, MaxAttempts = 2, BreakerThroughput = 1_000 };

    /// <summary>How the conversation is read.</summary>
    public ConversationSettings Settings { get; init; } = new()
    {
        Workflows = [Workflow.Question, Workflow.ActionItem, Workflow.Decision],
        ExtractsGeneral = true,
    };

    public MemoryEventLog Log { get; }

    public ChatModel Model { get; }

    public ConversationWork Work { get; }

    public ConversationDirectory Directory { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task SayAsync(params string[] texts) => SayAsync(texts, end: false);

    /// <summary>Says it all, ends, and gives what the log tells.</summary>
    public async Task<IReadOnlyList<VisibleFact>> HoldAsync(params string[] texts)
    {
        await SayAsync(texts, end: true);
        await UntilAsync(state => state.Phase == ConversationPhase.Ended);
        var told = await Log.ReadEventsAsync(Stream, 0, Cancel).Select(record => (VisibleFact)FactRecords.ToFact(record)).ToListAsync(Cancel);
        var ledger = Work.Dispatcher.Ledger;
        var isAwaited = await Directory.ReadAsync(Stream, state => state.AwaitedSummary is not null, Cancel);
        Assert.Equal(ledger.Routed, ledger.Dropped + ledger.Failed + ledger.Done + ledger.Running);
        Assert.Equal((0, isAwaited ? 1 : 0), (ledger.Queued, ledger.Running));
        var stats = told.Select(fact => fact.Payload).OfType<SessionEndedPayload>().Single().Stats;
        // A summary that failed is joined once a later one covers it.
        Assert.Equal((ledger.Routed, ledger.Done, ledger.Failed), (stats.WorkRouted, stats.WorkDone, stats.WorkFailed + stats.WorkJoined));
        Assert.True((await ConversationReplay.VerifyAsync(Log, Stream, cancellationToken: Cancel)).IsVerified);
        return told;
    }

    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync() =>
        await DeadLetters.ReadAsync(Log, Stream, Work.Dispatcher.VersionOf, Cancel).ToListAsync(Cancel);

    /// <summary>Checks the figures of the conversation.</summary>
    public async Task ExpectLedgerAsync(long routed, long done, long failed, int open = 0) => Assert.Equal(
        (routed, done, failed, open),
        await Directory.ReadAsync(Stream, state => (state.WorkRouted, state.WorkDone, state.WorkFailed, state.OpenWork), Cancel));

    /// <summary>Stops at once, as the end of a process does, and leaves its log.</summary>
    public async Task<MemoryEventLog> StopAsync()
    {
        await Work.DisposeAsync();
        await Directory.DisposeAsync();
        return Log;
    }

    public Task UntilAsync(Func<ConversationState, bool> reached) => _states.UntilAsync(Directory, Stream, reached, Cancel);

    public async ValueTask DisposeAsync()
    {
        await Work.DisposeAsync();
        await Directory.DisposeAsync();
        await Log.DisposeAsync();
        _client.Dispose();
    }

    private async Task SayAsync(string[] texts, bool end)
    {
        if (_said == 0) await Directory.OpenAsync(Stream, Settings, Cancel);
        foreach (var text in texts)
        {
            var at = ++_said * 3.0;
            await Directory.SayAsync(Stream, new ChunkDelivery(_said, new StreamChunk(at, at + 1, text, _said % 2 == 0 ? "ana" : "ben")), Cancel);
        }

        if (end) await Directory.PostAsync(Stream, new End(EndReasons.Requested), Cancel);
    }
}
