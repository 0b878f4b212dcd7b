using Parley.Conversations.Intake;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>A speaker of whom nothing has come for a while.</summary>
/// <param name="speaker">The speaker, or null.</param>
/// <param name="lane">What stands of what they said.</param>
/// <param name="tail">What may still change, or is held by redaction, as far as it can be shown.</param>
/// <param name="since">When the last of it came.</param>
internal sealed class SpeakerPause(string? speaker, WatchedLane lane, string tail, long since)
{
    public string? Speaker => speaker;

    public WatchedLane Lane => lane;

    public string Tail => tail;

    public long Since => since;

    /// <summary>Gets or sets the number of looks at it so far. Of the watch.</summary>
    public int Looks { get; set; }

    /// <summary>Gets or sets whether a hint was given. Of the loop.</summary>
    public bool IsHinted { get; set; }

    /// <summary>Returns the speaker's open segment as a watched lane. The lane is empty if no segment is open.</summary>
    public static WatchedLane LaneOf(string? speaker, ConversationState state) =>
        state.OpenSegmentOf(speaker) is { } open ? WatchedLane.Of(open) : new(speaker, 0, -1);

    /// <summary>Returns whether the speaker has said no more since. What came in the batch that is being taken is in the state and in the tails.</summary>
    public bool GoesOn(ConversationState state, Tails tails) => lane == LaneOf(speaker, state) && !tails.Touched.Contains(speaker);
}
