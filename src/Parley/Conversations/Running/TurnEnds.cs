using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>What follows from a speaker's pause: how probable it is that they are done, the hint, and whether their segment closes.</summary>
internal static class TurnEnds
{
    /// <summary>The probability from which a hint is given.</summary>
    public const double HintFrom = 0.5;

    /// <summary>Returns how probable it is that the speaker is done, to three decimals; 0 where that cannot be said.</summary>
    public static double Probability(PausePassed passed, ConversationState state, Tails tails)
    {
        // Nothing that is shown or stored comes from text before it is redacted.
        if (tails.Holds(passed.Pause.Speaker)) return 0;
        var (open, tail) = (state.OpenSegmentOf(passed.Pause.Speaker), passed.Pause.Tail);
        // A segment is in the language that its recogniser names, else in the conversation's.
        if (!TurnEndModel.Reads(open?.Details?.Language ?? state.Language)) return 0;
        var text = open is null ? tail : tail.Length == 0 ? open.Text : TextJoin.Script.Join([open.Text, tail]);
        return Math.Round(TurnEndModel.Default.Probability(text, passed.Sec), 3);
    }

    /// <summary>Returns whether the prediction closes what the speaker is saying. Text that its recogniser may still change is waited for.</summary>
    public static bool Closes(PausePassed passed, double probability, ConversationState state, Tails tails) =>
        state.Settings is { CloseOnEndOfTurn: { } from } settings
        && probability >= from
        && passed.Sec >= (settings.EndOfTurnPauseSec ?? ConversationSettings.DefaultEndOfTurnPauseSec)
        && !tails.MayChange(passed.Pause.Speaker);

    /// <summary>Returns what viewers are told.</summary>
    public static VisibleFact Hint(PausePassed passed, double probability, ConversationState state)
    {
        var open = state.OpenSegmentOf(passed.Pause.Speaker);
        return new(new EndOfTurnHintPayload(probability, passed.Sec, passed.Pause.Speaker), open?.SegmentId, open?.Start, open?.End);
    }
}
