using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>What is shown of speech that goes on: what stands of it, and behind it what may still change.</summary>
internal static class Partials
{
    /// <summary>The partials of everybody who is in the middle of saying something.</summary>
    public static IEnumerable<VisibleFact> Of(ConversationState state, Tails tails) =>
        Of(state, [.. state.OpenSegments.Select(segment => segment.SpeakerId).Union(tails.Speakers)], tails);

    /// <summary>The partials of those who were heard, or whose tail has changed.</summary>
    public static IEnumerable<VisibleFact> Of(ConversationState state, IReadOnlyList<string?> heard, Tails? tails)
    {
        if (state.Settings is not { } settings) yield break;
        foreach (var speaker in tails is null || tails.Touched.Count == 0 ? heard : heard.Union(tails.Touched))
        {
            var open = state.OpenSegmentOf(speaker);
            var tail = tails?.Of(speaker) ?? default;
            var hasTail = !string.IsNullOrEmpty(tail.Text);
            if (open is not null && hasTail && GoesOn(open, tail, settings)) yield return Partial(open, tail);
            else if (hasTail) yield return Tentative(tail);
            else if (open is not null) yield return Partial(open);
            // It was shown and has come to nothing.
            else if (tails?.Touched.Contains(speaker) == true) yield return Tentative(tail);
        }
    }

    private static bool GoesOn(StreamSegment open, in StreamChunk tail, ConversationSettings settings) =>
        tail.Start - open.End <= settings.MaxGapSec && tail.End - open.Start <= settings.MaxSegmentSec;

    private static VisibleFact Partial(StreamSegment open) =>
        VisibleFact(new(open.Start, open.End, open.Text, open.SpeakerId) { Continues = open.Continues }, open.SegmentId);

    private static VisibleFact Partial(StreamSegment open, in StreamChunk tail)
    {
        var text = TextJoin.Script.Join([open.Text, tail.Text]);
        return VisibleFact(
            new(open.Start, Math.Max(open.End, tail.End), text, open.SpeakerId) { Continues = open.Continues, Tentative = tail.Text },
            open.SegmentId);
    }

    private static VisibleFact Tentative(in StreamChunk tail)
    {
        var text = tail.Text ?? "";
        return VisibleFact(new(tail.Start, tail.End, text, tail.SpeakerId) { Tentative = text.Length == 0 ? null : text }, segmentId: null);
    }

    private static VisibleFact VisibleFact(SegmentText segment, string? segmentId) =>
        new(new PartialPayload(segment), segmentId, segment.Start, segment.End);
}
