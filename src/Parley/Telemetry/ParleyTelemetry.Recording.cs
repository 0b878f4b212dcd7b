using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Parley.Protocol;

namespace Parley.Telemetry;

public sealed partial class ParleyTelemetry
{
    private const string Outcome = "parley.outcome";
    private const string Workflow = "parley.workflow";
    private const string Reason = "parley.reason";
    private const string Transport = "parley.transport";
    private const string Currency = "parley.currency";
    private const string ErrorType = "error.type";
    private const string TokenType = "gen_ai.token.type";
    private const string RequestModel = "gen_ai.request.model";

    private readonly Counter<long> _chunks;
    private readonly Counter<long> _segments;
    private readonly Histogram<double> _chunkLatency;
    private readonly Histogram<double> _partialLatency;
    private readonly Histogram<double> _appendDuration;
    private readonly Histogram<int> _contextSegments;
    private readonly Histogram<double> _contextDuration;
    private readonly Counter<long> _llmCalls;
    private readonly Histogram<double> _llmDuration;
    private readonly Counter<long> _llmTokens;
    private readonly Counter<double> _llmCost;
    private readonly Counter<long> _llmItemsInvalid;
    private readonly Counter<long> _workDropped;
    private readonly UpDownCounter<long> _streams;
    private readonly UpDownCounter<long> _unreadable;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _connectionsCut;
    private readonly Counter<long> _requestsRefused;
    private readonly Counter<long> _partialsDropped;
    private readonly Counter<long> _overlapClamped;
    private readonly Counter<long> _anomalies;
    private bool _isLogDown;
    private ImmutableList<Func<IReadOnlyList<QueueReading>>> _queues = [];
    private ImmutableList<Func<long>> _openStreams = [];

    /// <summary>A chunk was received.</summary>
    public void ChunkReceived(ChunkOutcome outcome) => _chunks.Add(1, new KeyValuePair<string, object?>(Outcome, outcome switch
    {
        ChunkOutcome.Accepted => "accepted",
        ChunkOutcome.Duplicate => "duplicate",
        _ => "refused",
    }));

    /// <summary>A segment became final and is visible, with its annotation, so long after the chunk that closed it was received.</summary>
    public void SegmentVisible(TimeSpan latency)
    {
        _segments.Add(1);
        _chunkLatency.Record(latency.TotalSeconds);
    }

    /// <summary>A partial is visible, so long after its chunk was received.</summary>
    public void PartialVisible(TimeSpan latency) => _partialLatency.Record(latency.TotalSeconds);

    /// <summary>Facts were appended to the log, or were not.</summary>
    /// <param name="duration">How long it took, until they were durable.</param>
    /// <param name="errorType">What went wrong, of few values such as an exception's type; null if nothing did.</param>
    public void LogAppended(TimeSpan duration, string? errorType = null) => _appendDuration.Record(duration.TotalSeconds, Error(errorType));

    /// <summary>The log takes facts again, or takes none.</summary>
    public void LogIsAvailable(bool isAvailable) => Volatile.Write(ref _isLogDown, !isAvailable);

    /// <summary>A handler was given a context.</summary>
    /// <param name="segments">How many segments it has.</param>
    /// <param name="audioTime">From the start of its first to the end of its last.</param>
    public void ContextRendered(int segments, TimeSpan audioTime)
    {
        _contextSegments.Record(segments);
        _contextDuration.Record(audioTime.TotalSeconds);
    }

    /// <summary>A model was called.</summary>
    /// <param name="workflow">question, action_item, decision, general, summary_incremental or summary_final.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="errorType">What went wrong, of few values such as an exception's type; null if nothing did.</param>
    public void LlmCalled(string workflow, TimeSpan duration, string? errorType = null)
    {
        var tag = new KeyValuePair<string, object?>(Workflow, workflow);
        _llmCalls.Add(1, tag, new(Outcome, errorType is null ? "done" : "failed"));
        _llmDuration.Record(duration.TotalSeconds, [tag, .. Error(errorType)]);
    }

    /// <summary>A model's call took tokens.</summary>
    /// <param name="workflow">question, action_item, decision, general or summary.</param>
    /// <param name="model">The name that the model is asked under, of few values; null if it is unknown.</param>
    /// <param name="usage">What the call took.</param>
    public void TokensUsed(string workflow, string? model, TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        KeyValuePair<string, object?>[] tags = model is null ? [new(Workflow, workflow)] : [new(Workflow, workflow), new(RequestModel, model)];
        _llmTokens.Add(usage.InputTokens, [.. tags, new(TokenType, "input")]);
        _llmTokens.Add(usage.OutputTokens, [.. tags, new(TokenType, "output")]);
        if (usage.Cost is not { } cost) return;
        if (usage.Currency is { } currency) tags = [.. tags, new(Currency, currency)];
        _llmCost.Add((double)cost, tags);
    }

    /// <summary>Items of a model's answer were left out, because they are not what was asked for.</summary>
    public void ItemsLeftOut(string workflow, int count) => _llmItemsInvalid.Add(count, new KeyValuePair<string, object?>(Workflow, workflow));

    /// <summary>Work was dropped.</summary>
    /// <param name="workflow">question, action_item, decision, general or summary.</param>
    /// <param name="reason">Why, of few values such as <c>queue_full</c>.</param>
    public void WorkDropped(string workflow, string reason) => _workDropped.Add(1, new(Workflow, workflow), new(Reason, reason));

    /// <summary>A stream came into memory (1) or left it (-1).</summary>
    public void StreamsChanged(int by) => _streams.Add(by);

    /// <summary>A stream was found that cannot be read (1), or can be read again or is erased (-1).</summary>
    public void UnreadableStreamsChanged(int by) => _unreadable.Add(by);

    /// <summary>A connection was opened (1) or closed (-1).</summary>
    /// <param name="by">1 or -1.</param>
    /// <param name="transport">What it speaks, of few values such as <c>websocket</c> or <c>sse</c>.</param>
    public void ConnectionsChanged(int by, string transport) => _connections.Add(by, new KeyValuePair<string, object?>(Transport, transport));

    /// <summary>A connection was cut because its client did not keep up.</summary>
    /// <param name="transport">What it speaks, of few values such as <c>websocket</c> or <c>sse</c>.</param>
    /// <param name="reason">Why: <c>too_slow</c>, facts waited for it and were more than there is room for; <c>stuck</c>, it took in nothing for too long.</param>
    public void ConnectionCut(string transport, string reason) => _connectionsCut.Add(1, new(Transport, transport), new(Reason, reason));

    /// <summary>A request, or a message on a socket, was refused. A chunk that breaks a rule of its conversation is <see cref="ChunkReceived"/> instead.</summary>
    /// <param name="code">The error code that was answered; the reason is the same in lower case.</param>
    public void RequestRefused(string code) => _requestsRefused.Add(1, new KeyValuePair<string, object?>(Reason, code.ToLowerInvariant()));

    /// <summary>A viewer was too slow for so many partials.</summary>
    public void PartialsDropped(int count) => _partialsDropped.Add(count);

    /// <summary>A chunk was moved behind its own speaker's open segment.</summary>
    public void OverlapClamped() => _overlapClamped.Add(1);

    /// <summary>Something was out of order with a recogniser's message.</summary>
    /// <param name="kind">What, of few values such as <c>repeated</c>; never what was said.</param>
    public void AnomalyFound(string kind) => _anomalies.Add(1, new KeyValuePair<string, object?>(Reason, kind));

    /// <summary>Has queues read whenever somebody collects, until the result is disposed of.</summary>
    public IDisposable ObserveQueues(Func<IReadOnlyList<QueueReading>> read)
    {
        ImmutableInterlocked.Update(ref _queues, queues => queues.Add(read));
        return new Observation(() => ImmutableInterlocked.Update(ref _queues, queues => queues.Remove(read)));
    }

    /// <summary>Has the number of streams that have not ended read whenever somebody collects, until the result is disposed of.</summary>
    public IDisposable ObserveOpenStreams(Func<long> read)
    {
        ImmutableInterlocked.Update(ref _openStreams, streams => streams.Add(read));
        return new Observation(() => ImmutableInterlocked.Update(ref _openStreams, streams => streams.Remove(read)));
    }

    private IEnumerable<Measurement<long>> ReadOpenStreams() =>
        Volatile.Read(ref _openStreams).Select(read => new Measurement<long>(read()));

    private IEnumerable<Measurement<T>> ReadQueues<T>(Func<QueueReading, T> value)
        where T : struct =>
        Volatile.Read(ref _queues).SelectMany(read => read())
            .Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>(Workflow, queue.Workflow)));

    private static KeyValuePair<string, object?>[] Error(string? type) => type is null ? [] : [new(ErrorType, type)];

    private sealed class Observation(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
