namespace Parley.Turns;

/// <summary>How a conversation's turns went, in figures. All are 0 where there are no turns.</summary>
/// <param name="TotalTurns">How many turns there are.</param>
/// <param name="AvgTurnDuration">How long a turn is on average, in seconds.</param>
/// <param name="TurnSwitches">How often the speaker changes from one turn to the next.</param>
/// <param name="InterruptionRate">Share of turns that started with an interruption, 0 to 1.</param>
/// <param name="QuestionDensity">Questions per minute of turns.</param>
public sealed record TurnStatistics(int TotalTurns, double AvgTurnDuration, int TurnSwitches, double InterruptionRate, double QuestionDensity)
{
    /// <summary>The figures of these turns.</summary>
    public static TurnStatistics Of(IReadOnlyList<Turn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        if (turns.Count == 0)
            return new TurnStatistics(0, 0, 0, 0, 0);
        var seconds = turns.Sum(turn => turn.End - turn.Start);
        var questions = turns.Sum(turn => turn.Metadata?.QuestionCount ?? 0);
        return new TurnStatistics(
            turns.Count,
            seconds / turns.Count,
            turns.Zip(turns.Skip(1)).Count(pair => pair.First.SpeakerId != pair.Second.SpeakerId),
            (double)turns.Count(turn => turn.Metadata is { InterruptionStartedHere: true }) / turns.Count,
            seconds > 0 ? questions / (seconds / 60) : 0);
    }
}
