using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>The figures of one conversation's loop. No word of what was said, and no name, gets here.</summary>
internal sealed class ConversationFigures : IDisposable
{
    private readonly ParleyTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly ConversationState _state;
    private long _clamped;
    private bool _isDisposed;

    public ConversationFigures(ParleyTelemetry telemetry, TimeProvider clock, ConversationState state)
    {
        (_telemetry, _clock, _state) = (telemetry, clock, state);
        _clamped = state.ClampedChunks;
        telemetry.StreamsChanged(1);
    }

    /// <summary>An input was taken, and its facts are visible.</summary>
    /// <param name="receipt">What became of it.</param>
    /// <param name="since">When it was handed in.</param>
    /// <param name="isDelivery">Whether a sender sent it.</param>
    public void Taken(in Receipt receipt, long since, bool isDelivery)
    {
        var latency = _clock.GetElapsedTime(since);
        foreach (var fact in receipt.Facts)
        {
            if (fact.Fact is VisibleFact { Payload: FinalizedPayload }) _telemetry.SegmentVisible(latency);
            if (fact.Fact is not ChunkAccepted) continue;
            _telemetry.ChunkReceived(ChunkOutcome.Accepted);
            _telemetry.PartialVisible(latency);
        }

        if (isDelivery && receipt.Refusal is not null) _telemetry.ChunkReceived(ChunkOutcome.Refused);
        if (isDelivery && receipt.IsRepeat) _telemetry.ChunkReceived(ChunkOutcome.Duplicate);
        foreach (var problem in receipt.Problems) _telemetry.AnomalyFound(problem.Kind);
        for (; _clamped < _state.ClampedChunks; _clamped++) _telemetry.OverlapClamped();
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _telemetry.StreamsChanged(-1);
    }
}
