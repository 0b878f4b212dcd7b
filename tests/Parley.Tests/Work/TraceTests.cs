using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Routing;
using Parley.Streaming;
using Parley.Telemetry;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.Tests.Work;

public sealed class TraceTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-00000000007a";

    private readonly ConcurrentBag<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly MemoryEventLog _log = new();

    public TraceTests()
    {
        // Other tests trace, too: everything here is told by the traces that these begin.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ParleyTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return _log.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_said_leads_to_its_answer_across_the_queue(bool closedBySilence)
    {
        var handler = new Asking();
        await using var directory = new ConversationDirectory(_log);
        await using var work = new ConversationWork(directory, new Dictionary<string, IWorkflowHandler> { ["question"] = handler }, new Summaries(_log));
        using var request = new Activity("request").Start();
        await directory.OpenAsync(Stream, new ConversationSettings { Workflows = [Workflow.Question] }, Cancel);
        request.Stop();

        using var sender = new Activity("sender").Start();
        await directory.SendAsync(Stream, new ChunkDelivery(1, new StreamChunk(0, 1, "what does the", "ana")), Cancel);
        var last = await directory.SayAsync(Stream, new ChunkDelivery(2, new StreamChunk(1, 2, "ferry cost", "ana")), Cancel);
        Assert.Null(last!.Value.Refusal);
        sender.Stop();
        Activity.Current = null;
        if (closedBySilence) await directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        else await directory.SayAsync(Stream, new ChunkDelivery(3, new StreamChunk(9, 10, "fine", "ben")), Cancel);

        var asked = await handler.Asked.Task.WaitAsync(Cancel);
        Assert.Equal("parley.work", asked.OperationName);
        Assert.Equal(sender.TraceId, asked.TraceId);
        var chunks = _ended.Where(activity => activity.OperationName == "parley.chunk" && activity.TraceId == sender.TraceId).ToList();
        Assert.Equal(2, chunks.Count);
        Assert.Contains(chunks, chunk => chunk.SpanId == asked.ParentSpanId);
        Assert.All(chunks, chunk => Assert.Equal(sender.SpanId, chunk.ParentSpanId));
        Assert.DoesNotContain(_ended, activity => activity.TraceId == request.TraceId);
    }

    [Fact]
    public async Task A_batch_is_linked_to_all_that_brought_it()
    {
        var handler = new Asking();
        await using var dispatcher = new WorkDispatcher(
            new Dictionary<string, IWorkflowHandler> { ["action_item"] = handler }, (_, _) => ValueTask.CompletedTask,
            new WorkOptions { ActionItem = new WorkflowOptions { BatchSize = 2 } });
        var causes = new[] { Context(), Context() };
        foreach (var (cause, i) in causes.Select((cause, i) => (cause, i)))
            dispatcher.Route(new WorkItem(Stream, $"seg-{i}", "action_item", handler.Version, "words", null, 0, 1, "action_item", "") { Cause = cause });
        var asked = await handler.Asked.Task.WaitAsync(Cancel);
        Assert.Equal(causes, asked.Links.Select(link => link.Context));
        Assert.Null(asked.ParentId);
    }

    private static ActivityContext Context() => new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    private sealed class Asking : IWorkflowHandler
    {
        public TaskCompletionSource<Activity> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Version => "asking/1";

        public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
        {
            Asked.TrySetResult(Activity.Current!);
            return ValueTask.FromResult<IReadOnlyList<WorkResult>>([.. batch.Select(_ => new WorkResult("done"))]);
        }
    }
}
