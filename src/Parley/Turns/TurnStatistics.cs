namespace Parley.Turns;

/// <summary>How a conversation's turns went, in figures. All are 0 where there are no turns.</summary>
/// <param name="TotalTurns">How many turns there are.</param>
/// <param name="AvgTurnDuration">How long a turn is on average, in seconds.</param>
/// <param name="TurnSwitches">How often the speaker changes from one turn to the next.</param>
/// <param name="InterruptionRate">Share of turns that started with an interruption, 0 to 1.</param>
/// <param name="QuestionDensity">Questions per minute of turns.</param>
public sealed record TurnStatistics(int TotalTurns, double AvgTurnDuration, int TurnSwitches, double InterruptionRate, double QuestionDensity)
{
    /// <summary>Returns the figures of these turns.</summary>
    /// <remarks>
    /// The operations have the order that slower-whisper has, so that the results are the same to the last bit. A single turn interrupts
    /// nothing.
    /// </remarks>
    public static TurnStatistics Of(IReadOnlyList<Turn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        if (turns.Count == 0) return new TurnStatistics(0, 0, 0, 0, 0);
        var (seconds, switches, interruptions, questions) = (0.0, 0, 0, 0);
        for (var i = 0; i < turns.Count; i++)
        {
            var turn = turns[i];
            seconds += turn.End - turn.Start;
            questions += turn.Metadata?.QuestionCount ?? 0;
            if (i > 0 && turn.SpeakerId != turns[i - 1].SpeakerId) switches++;
            if (turns.Count > 1 && turn.Metadata is { InterruptionStartedHere: true }) interruptions++;
        }

        return new TurnStatistics(
            turns.Count, seconds / turns.Count, switches, (double)interruptions / turns.Count, seconds > 0 ? questions / seconds * 60 : 0);
    }
}
