namespace Parley.Context;

/// <summary>What prompts are for. Each is the name of a template: <c>answer</c> is made from <c>answer.txt</c>.</summary>
public static class PromptUses
{
    /// <summary>The rules that stand before every task.</summary>
    public const string System = "system";

    /// <summary>To answer a question.</summary>
    public const string Answer = "answer";

    /// <summary>The first summary while a conversation goes on.</summary>
    public const string FirstSummary = "summary_first";

    /// <summary>A later summary while a conversation goes on.</summary>
    public const string NextSummary = "summary_next";

    /// <summary>The summary of the whole conversation.</summary>
    public const string FinalSummary = "summary_final";

    /// <summary>To extract what was taken on.</summary>
    public const string Actions = "actions";

    /// <summary>To extract what was settled.</summary>
    public const string Decisions = "decisions";

    /// <summary>To extract both, in languages that the built-in intents do not know.</summary>
    public const string Extraction = "extraction";

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [System, Answer, FirstSummary, NextSummary, FinalSummary, Actions, Decisions, Extraction];
}
