using Parley.Semantics;
using Spectre.Console;

namespace Parley.Cli.Display;

/// <summary>What a segment does, in a word and a colour. A mere statement has no badge.</summary>
internal static class IntentBadge
{
    /// <summary>The badge of an intent; null for one that needs none.</summary>
    public static string? Of(string? intent) => intent is null or Intents.Statement ? null : intent.Replace('_', ' ');

    public static Style StyleOf(string badge) => new(badge switch
    {
        "question" or "clarification" => Color.DodgerBlue1,
        "action item" or "commitment" => Color.Orange1,
        "decision" => Color.Green,
        _ => Color.Grey,
    }, decoration: Decoration.Bold);
}
