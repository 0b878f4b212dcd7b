using System.Collections.Concurrent;
using Parley.AspNetCore.Hosting;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>The figures of streams for lists. Those of a stream that has not changed are remembered, so that a list of old ones brings none of them into memory.</summary>
internal sealed class StreamFigures(ServerEngine engine)
{
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<string, (long Seq, StreamView View)> _views = new(StringComparer.Ordinal);

    /// <summary>A stream as a list has it; null where it was erased meanwhile.</summary>
    public async Task<StreamView?> OfAsync(StreamHead head, CancellationToken cancellationToken)
    {
        var isReadable = !engine.Directory.Unreadable.ContainsKey(head.Stream);
        if (isReadable && _views.TryGetValue(head.Stream, out var known) && known.Seq == head.Seq)
            return Described(known.View, head);
        try
        {
            var view = await engine.Directory.ReadAsync(head.Stream, state => ToView(head, state), cancellationToken);
            if (view is null) return null;
            if (_views.Count >= Remembered) _views.Clear();
            _views[head.Stream] = (head.Seq, view);
            return Described(view, head);
        }
        catch (StreamErasedException)
        {
            _views.TryRemove(head.Stream, out _);
            return null;
        }
        catch (StreamUnreadableException problem)
        {
            engine.Directory.MarkUnreadable(problem);
            // One that cannot be read does not hide the others. What it came to is not remembered: the next look may find it well.
            var state = head.State == StreamState.Ended ? StreamStates.Ended : StreamStates.Live;
            var view = new StreamView(StreamKey.IdOf(head.Stream), state, head.StartedAt, head.EndedAt, head.EventId, 0, 0, 0, 0);
            return Described(view with { IsUnreadable = true }, head);
        }
    }

    public static StreamDetail ToDetail(StreamHead head, ConversationState state)
    {
        var stats = state.ToStats();
        return new(
            StreamKey.IdOf(head.Stream), NameOf(state.Phase), head.StartedAt, head.EndedAt, state.EventId, stats.DurationSec, stats.Speakers, state.Chunks, state.Segments)
        {
            Description = head.Metadata.ToDescription(),
            StreamLanguage = state.Language,
            Stats = stats,
            Expected = state.Expected,
            OpenSegments = state.OpenSegments.Count,
            Used = state.TotalUsage,
            OpenWork = state.OpenWork,
        };
    }

    // It may change while the figures do not.
    private static StreamView Described(StreamView view, StreamHead head) => view with { Description = head.Metadata.ToDescription() };

    private static StreamView ToView(StreamHead head, ConversationState state)
    {
        var stats = state.ToStats();
        return new(
            StreamKey.IdOf(head.Stream),
            NameOf(state.Phase),
            head.StartedAt,
            head.EndedAt,
            state.EventId,
            stats.DurationSec,
            stats.Speakers,
            state.Chunks,
            state.Segments)
        {
            StreamLanguage = state.Language,
        };
    }

    private static string NameOf(ConversationPhase phase) => phase switch
    {
        ConversationPhase.Draining => StreamStates.Draining,
        ConversationPhase.Ended => StreamStates.Ended,
        _ => StreamStates.Live,
    };
}
