namespace Parley.Protocol;

/// <summary>The reasons why a speaker's lane was closed from outside.</summary>
public static class CloseReasons
{
    /// <summary>The speaker paused for longer than the conversation's settings allow.</summary>
    public const string Silence = "silence";

    /// <summary>The recogniser reported the end of the speaker's turn, or the conversation predicted it and its settings close on that.</summary>
    public const string EndOfTurn = "end_of_turn";
}
