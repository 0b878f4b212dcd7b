using Parley.Protocol;
using Parley.Semantics;
using Spectre.Console;

namespace Parley.Cli.Display;

/// <summary>What a segment does, in a word and a colour. A mere statement has no badge.</summary>
internal static class IntentBadge
{
    /// <summary>Returns the badges of a segment, one for each of its intents and for each kind of outcome that came with it.</summary>
    public static IEnumerable<string> Of(SegmentSemantics? semantic)
    {
        var intents = semantic?.Intents ?? [semantic?.Intent ?? Intents.Statement];
        var listed = (semantic?.Outcomes ?? []).Select(outcome => outcome.Kind).Where(kind => !Says(intents, kind));
        return intents.Concat(listed).Distinct().Where(intent => intent != Intents.Statement).Select(intent => intent.Replace('_', ' '));
    }

    // Who says that they will do something commits to it.
    private static bool Says(IReadOnlyList<string> intents, string kind) =>
        intents.Contains(kind) || (kind == OutcomeKinds.ActionItem && intents.Contains(Intents.Commitment));

    public static Style StyleOf(string badge) => new(badge switch
    {
        "question" or "clarification" => Color.DodgerBlue1,
        "action item" or "commitment" => Color.Orange1,
        "decision" => Color.Green,
        _ => Color.Grey,
    }, decoration: Decoration.Bold);
}
