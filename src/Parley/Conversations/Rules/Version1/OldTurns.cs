using System.Collections.Immutable;
using Parley.Protocol;
using Parley.Turns;

namespace Parley.Conversations.Rules.Version1;

/// <summary>How the first version grouped segments into turns. Turns that a log says have ended are as it says.</summary>
internal static class OldTurns
{
    /// <summary>Returns the open turn that a segment went to; as many as there are where it opened one.</summary>
    public static int PlaceOf(ConversationSettings settings, ImmutableArray<OpenTurn> open, SegmentText segment)
    {
        if (open.IsEmpty) return 0;
        var speaker = string.IsNullOrEmpty(segment.SpeakerId) ? OpenTurn.Unknown : segment.SpeakerId;
        if (Continues(open[0])) return 0;
        for (var i = open.Length - 1; i > 0; i--)
        {
            if (Continues(open[i])) return i;
        }

        return open.Length;

        // That version took a speaker without a name for the one called so.
        bool Continues(OpenTurn turn) => (turn.Speaker ?? OpenTurn.Unknown) == speaker && segment.Start - turn.End < settings.TurnGapSec;
    }
}
