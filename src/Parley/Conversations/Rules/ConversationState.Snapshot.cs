using System.Text.Json;
using Parley.Context;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

public sealed partial class ConversationState
{
    // Raised whenever a snapshot is written differently; one of another version is ignored, and the log read from its start.
    private const int SnapshotVersion = 9;

    private ConversationState(string streamId, StateSnapshot snapshot, ITokenCounter? counter)
        : this(streamId, counter)
    {
        (Settings, Owner, Rules) = (snapshot.Settings, snapshot.Owner, snapshot.Rules);
        _segmentConfig = snapshot.Settings.ToStreamConfig();
        _lanes = Lanes.From(snapshot.Lanes, _segmentConfig.Join);
        _memory = snapshot.Memory.ToMemory(snapshot.Settings.NewWindow(counter));
        Phase = snapshot.Phase;
        EventId = snapshot.EventId;
        _sources = new(snapshot.Sequences, snapshot.Messages);
        _work = new(snapshot.Pending, snapshot.Unanswered, snapshot.WorkRouted, snapshot.WorkDone);
        _speakers = [.. snapshot.Speakers];
        _audio = snapshot.Audio is [var start, var end] ? (start, end) : null;
        _endReason = snapshot.EndReason;
        Summaries = snapshot.Summaries;
        Names = new(snapshot.Names);
        (Usage, TotalUsage) = (snapshot.Usage, snapshot.TotalUsage);
        (Chunks, Segments, ClampedChunks, _lateChunks) = (snapshot.Chunks, snapshot.Segments, snapshot.Clamped, snapshot.Late);
    }

    internal LogCheckpoint ToCheckpoint(long seq) =>
        new(seq, SnapshotVersion, CheckpointSeal.Close(JsonSerializer.SerializeToUtf8Bytes(ToSnapshot(), FactJson.Default.StateSnapshot)));

    /// <summary>Returns the state that a checkpoint holds; null where it is damaged or of another version and must be rebuilt from the facts.</summary>
    internal static ConversationState? FromCheckpoint(string streamId, LogCheckpoint checkpoint, ITokenCounter? counter = null)
    {
        if (checkpoint.Version != SnapshotVersion || !CheckpointSeal.TryOpen(checkpoint.State, out var json)) return null;
        var snapshot = JsonSerializer.Deserialize(json.Span, FactJson.Default.StateSnapshot)!;
        // A newer version wrote it. Behind it may stand facts of kinds that this one does not know: only they say so.
        return snapshot.Rules.Number > ConversationRules.Number ? null : new ConversationState(streamId, snapshot, counter);
    }

    private StateSnapshot ToSnapshot() => new(
        Rules,
        Settings ?? throw NotBegun(),
        Lanes.ToSnapshot(),
        MemorySnapshot.Of(Memory),
        Phase,
        EventId,
        _sources.Chunks,
        _sources.Messages,
        [.. _work.Pending.Values],
        new SortedDictionary<string, Unanswered>(_work.Unanswered.ToDictionary(), StringComparer.Ordinal),
        [.. _speakers.Order(StringComparer.Ordinal)],
        _audio is { } audio ? [audio.Start, audio.End] : null,
        _endReason,
        Summaries,
        Names.All,
        Chunks,
        Segments,
        ClampedChunks,
        _lateChunks,
        _work.Routed,
        _work.Done,
        Owner,
        Usage,
        TotalUsage);
}

/// <summary>A conversation's state as a checkpoint keeps it.</summary>
internal sealed record StateSnapshot(
    RulesVersion Rules,
    ConversationSettings Settings,
    LanesSnapshot Lanes,
    MemorySnapshot Memory,
    ConversationPhase Phase,
    long EventId,
    IReadOnlyDictionary<string, long> Sequences,
    IReadOnlyDictionary<string, MessageSource> Messages,
    IReadOnlyList<WorkRequest> Pending,
    IReadOnlyDictionary<string, Unanswered> Unanswered,
    IReadOnlyList<string?> Speakers,
    double[]? Audio,
    string? EndReason,
    SummaryState Summaries,
    IReadOnlyList<SpeakerRename> Names,
    long Chunks,
    long Segments,
    long Clamped,
    long Late,
    long WorkRouted,
    long WorkDone,
    string? Owner = null,
    ModelUsage? Usage = null,
    TokenUsage? TotalUsage = null);
