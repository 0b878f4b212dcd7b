using System.Text.Json;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Rules;

public sealed partial class ConversationState
{
    // Raised whenever a snapshot is written differently; one of another version is ignored, and the log read from its start.
    private const int SnapshotVersion = 3;

    private ConversationState(string streamId, StateSnapshot snapshot)
        : this(streamId)
    {
        (Settings, Owner) = (snapshot.Settings, snapshot.Owner);
        _listener = new Listener(snapshot.Settings, snapshot.Listener);
        Phase = snapshot.Phase;
        EventId = snapshot.EventId;
        _sequences = new(snapshot.Sequences);
        _messages = new(snapshot.Messages);
        foreach (var work in snapshot.Pending) _pending[work.SegmentId] = work;
        _unanswered = [.. snapshot.Unanswered];
        _speakers = [.. snapshot.Speakers];
        _audio = snapshot.Audio is [var start, var end] ? (start, end) : null;
        _endReason = snapshot.EndReason;
        DueSummary = snapshot.DueSummary;
        Summary = snapshot.Summary;
        (Chunks, Segments, Turns) = (snapshot.Chunks, snapshot.Segments, snapshot.Turns);
        (WorkRouted, WorkDone, WorkFailed, WorkDropped) = (snapshot.WorkRouted, snapshot.WorkDone, snapshot.WorkFailed, snapshot.WorkDropped);
    }

    internal LogCheckpoint ToCheckpoint(long seq) => new(seq, SnapshotVersion, JsonSerializer.SerializeToUtf8Bytes(ToSnapshot(), FactJson.Default.StateSnapshot));

    /// <summary>The state that a checkpoint holds; null where it is of another version and must be rebuilt.</summary>
    internal static ConversationState? FromCheckpoint(string streamId, LogCheckpoint checkpoint)
    {
        if (checkpoint.Version != SnapshotVersion) return null;
        try
        {
            var snapshot = JsonSerializer.Deserialize(checkpoint.State.Span, FactJson.Default.StateSnapshot);
            return snapshot?.Rules == Conversation.Rules ? new ConversationState(streamId, snapshot) : null;
        }
        catch (JsonException)
        {
            // Damaged. The facts have all that was in it, and say so if they are damaged too.
            return null;
        }
    }

    private StateSnapshot ToSnapshot() => new(
        Conversation.Rules,
        Settings ?? throw new InvalidOperationException("The conversation has not begun."),
        Listener.ToSnapshot(),
        Phase,
        EventId,
        _sequences,
        _messages,
        [.. _pending.Values],
        [.. _unanswered.Order(StringComparer.Ordinal)],
        [.. _speakers.Order(StringComparer.Ordinal)],
        _audio is { } audio ? [audio.Start, audio.End] : null,
        _endReason,
        DueSummary,
        Summary,
        Chunks,
        Segments,
        Turns,
        WorkRouted,
        WorkDone,
        WorkFailed,
        WorkDropped,
        Owner);
}

/// <summary>A conversation's state as a checkpoint keeps it.</summary>
internal sealed record StateSnapshot(
    int Rules,
    ConversationSettings Settings,
    ListenerSnapshot Listener,
    ConversationPhase Phase,
    long EventId,
    IReadOnlyDictionary<string, long> Sequences,
    IReadOnlyDictionary<string, MessageSource> Messages,
    IReadOnlyList<WorkRequest> Pending,
    IReadOnlyList<string> Unanswered,
    IReadOnlyList<string?> Speakers,
    double[]? Audio,
    string? EndReason,
    DueSummary? DueSummary,
    SummaryPayload? Summary,
    long Chunks,
    long Segments,
    long Turns,
    long WorkRouted,
    long WorkDone,
    long WorkFailed,
    long WorkDropped,
    string? Owner = null);
