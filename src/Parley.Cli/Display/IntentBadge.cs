using Parley.Protocol;
using Parley.Semantics;
using Spectre.Console;

namespace Parley.Cli.Display;

/// <summary>What a segment does, in a word and a colour. A mere statement has no badge.</summary>
internal static class IntentBadge
{
    /// <summary>Returns the badges of a segment, one for each of its intents.</summary>
    public static IEnumerable<string> Of(SegmentSemantics? semantic) =>
        (semantic?.Intents ?? [semantic?.Intent ?? Intents.Statement]).Where(intent => intent != Intents.Statement).Select(intent => intent.Replace('_', ' '));

    public static Style StyleOf(string badge) => new(badge switch
    {
        "question" or "clarification" => Color.DodgerBlue1,
        "action item" or "commitment" => Color.Orange1,
        "decision" => Color.Green,
        _ => Color.Grey,
    }, decoration: Decoration.Bold);
}
