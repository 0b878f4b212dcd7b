using Parley.Routing;
using Parley.Telemetry;
using Polly;

namespace Parley.Work;

/// <summary>
/// Queues routed segments and has them worked on, the most urgent first. Routing never waits: under load work is dropped, by priority. Every
/// item's outcome is delivered at least once; after a restart the work that has none is routed again.
/// </summary>
/// <remarks>May be used from any thread. Handlers and the sink run on the thread pool.</remarks>
public sealed partial class WorkDispatcher : IAsyncDisposable
{
    private const string QueueFull = "queue_full";

    private readonly Lock _gate = new();
    private readonly WorkQueue _queue;
    private readonly WorkerGroup[] _groups;
    private readonly HashSet<WorkKey> _underway = [];
    private readonly Func<WorkOutcome, CancellationToken, ValueTask> _sink;
    private readonly ResiliencePipeline _delivery;
    private readonly Action<WorkProgress>? _onProgress;
    private readonly TimeProvider _clock;
    private readonly ParleyTelemetry? _telemetry;
    private readonly IDisposable? _observation;
    private readonly ITimer _timer;
    private readonly long _started;
    private long _routed;
    private long _dropped;
    private long _failed;
    private long _done;
    private long _replaced;
    private int _running;
    private bool _isDraining;

    /// <summary>Starts to work.</summary>
    /// <param name="handlers">A handler for each workflow: question, action_item, decision, general. What is missing is done by an <see cref="ExtractiveHandler"/>.</param>
    /// <param name="sink">Takes the outcomes. What it does not take (it throws) is delivered again, with pauses; what it holds up holds up a worker.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="onProgress">Takes the pieces of answers that are being given, on the worker's time. Null if nobody looks.</param>
    /// <param name="clock">The clock; null is the system's.</param>
    /// <param name="telemetry">Takes depths, ages and drops.</param>
    public WorkDispatcher(
        IReadOnlyDictionary<string, IWorkflowHandler> handlers,
        Func<WorkOutcome, CancellationToken, ValueTask> sink,
        WorkOptions? options = null,
        Action<WorkProgress>? onProgress = null,
        TimeProvider? clock = null,
        ParleyTelemetry? telemetry = null)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(sink);
        options ??= new WorkOptions();
        _sink = sink;
        _onProgress = onProgress;
        _clock = clock ?? TimeProvider.System;
        _delivery = WorkPipeline.OfDelivery(_clock);
        _telemetry = telemetry;
        _queue = new WorkQueue(options);
        _groups =
        [
            .. WorkLines.Names.Zip(
                new[] { options.Question, options.ActionItem, options.Decision, options.Summary, options.General },
                (line, of) => new WorkerGroup(line, handlers.GetValueOrDefault(line) ?? new ExtractiveHandler(), of, _clock)),
        ];
        _started = _clock.GetTimestamp();
        _timer = _clock.CreateTimer(_ => Pump(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _observation = telemetry?.ObserveQueues(ReadQueues);
    }

    /// <summary>Where all the work is now.</summary>
    public WorkLedger Ledger
    {
        get
        {
            lock (_gate) return new(_routed, _dropped, _failed, _done, _queue.Count + _interrupted.Count, _running, _replaced);
        }
    }

    /// <summary>The version of the handler that does a workflow's work now.</summary>
    public string VersionOf(Workflow workflow) => VersionOf(workflow.ToName());

    /// <summary>The version of the handler that does the work of a queue now.</summary>
    internal string VersionOf(string line) => _groups[WorkLines.IndexOf(line)].Version;

    /// <summary>Takes in a routed segment. Work that waits or is underway already changes nothing.</summary>
    public void Route(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            if (_underway.Contains(item.Key)) return;
            var admission = _queue.Add(item, Now);
            if (!admission.IsNew) return;

            _routed++;
            if (admission.Replaced is { } replaced)
            {
                _routed--;
                _replaced++;
                DeliverSoon(new WorkReplaced(replaced, item.Key));
            }

            if (admission.Dropped is { } dropped)
            {
                _dropped++;
                _telemetry?.WorkDropped(dropped.Workflow, QueueFull);
                DeliverSoon(new WorkDropped(dropped, QueueFull, _clock.GetUtcNow()));
            }

            StartWhatIsDue();
        }
    }

    /// <summary>
    /// Tries work again that had been given up, where the queue has room for it: what waits takes no more than half of the queue, so that
    /// nothing
    /// that is said now gives way to it. It is routed anew, and counted so.
    /// </summary>
    public RedriveOutcome Redrive(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        lock (_gate)
        {
            if (_underway.Contains(letter.Item.Key) || _queue.Contains(letter.Item.Key)) return RedriveOutcome.Underway;
            if (_isDraining || !_queue.HasRoomForAnotherTry) return RedriveOutcome.NoRoom;
            Route(letter.Item);
            return RedriveOutcome.Queued;
        }
    }

    /// <summary>Has a stream's work begin without waiting for full batches: the stream ends.</summary>
    public void Flush(string streamId)
    {
        lock (_gate)
        {
            _queue.Flush(streamId);
            StartWhatIsDue();
        }
    }

    /// <summary>Gets whether work is due that a free worker does not begin. Always false, whatever happens in whatever order.</summary>
    internal bool HasDueWorkAndFreeWorker
    {
        get
        {
            lock (_gate) return !_isDraining && _groups.Any(group => group.HasFreeWorker && _queue[group.Name].NextDue <= Now);
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_started);

    private void Pump()
    {
        lock (_gate) StartWhatIsDue();
    }

    private void StartWhatIsDue()
    {
        if (_isDraining) return;
        TimeSpan? next = null;
        foreach (var group in _groups)
        {
            while (group.HasFreeWorker && _queue.TakeDue(group.Name, Now) is { } batch)
            {
                group.Busy++;
                _running += batch.Count;
                _underway.UnionWith(batch.Select(item => item.Key));
                Start(() => WorkAsync(group, batch));
            }

            // A group without a free worker looks again when it has one.
            if (group.HasFreeWorker && _queue[group.Name].NextDue is { } due && !(due >= next)) next = due;
        }

        _timer.Change(next is { } at ? TimeSpan.FromTicks(Math.Max(1, (at - Now).Ticks)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private IReadOnlyList<QueueReading> ReadQueues()
    {
        lock (_gate)
        {
            return [.. WorkLines.Names.Select(line => new QueueReading(
                line, _queue[line].Count, _queue[line].OldestSince is { } since ? Now - since : TimeSpan.Zero))];
        }
    }
}
