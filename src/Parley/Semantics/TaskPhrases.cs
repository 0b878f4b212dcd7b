using System.Collections.Frozen;
using Parley.Semantics.Outcomes;

namespace Parley.Semantics;

/// <summary>
/// How people take on a task: "I'll" and a verb of work after the talk. The meetings that the weights are fitted to hold few of the
/// verbs of business, so that "i'll book two cabins" is a rule.
/// </summary>
internal static class TaskPhrases
{
    /// <summary>How likely a text with one of the phrases takes on a task: in the training meetings 0.38 of such utterances do.</summary>
    public const double Probability = 0.4;

    private const int ConditionReach = 8;

    private static readonly FrozenSet<ulong> Forms = Hashes(["i'll", "we'll"]);
    private static readonly FrozenSet<ulong> Adverbs = Hashes(Vocabulary.Adverbs);
    private static readonly FrozenSet<ulong> Verbs =
        Hashes(Vocabulary.Tasks.Where(row => row.Value.Any(verb => verb.Length == 1)).Select(row => row.Key)
            .Except([.. Vocabulary.WeakTasks, "let"]));

    private static readonly FrozenSet<ulong> Conditions = Hashes([.. Vocabulary.Conditions, "or", "either", "maybe", "said", "says"]);

    private static readonly FrozenSet<ulong> TalkObjects = Hashes(Vocabulary.TalkObjects);

    /// <summary>Returns where the first phrase stands in a text; an empty range where there is none.</summary>
    public static Range Find(IntentWords text)
    {
        for (var form = 1; form < text.Count - 1; form++)
        {
            if (!Forms.Contains(text[form].Hash)) continue;
            var verb = form + 1;
            while (verb < text.Count && Adverbs.Contains(text[verb].Hash)) verb++;
            if (verb < text.Count && Verbs.Contains(text[verb].Hash) && IsReal(text, form, verb)) return text[form].Start..text[verb].End;
        }

        return default;
    }

    private static bool IsReal(IntentWords text, int form, int verb)
    {
        for (var at = Math.Max(1, form - ConditionReach); at < form; at++)
        {
            if (Conditions.Contains(text[at].Hash)) return false;
        }

        for (var at = verb + 1; at <= Math.Min(text.Count, verb + 3); at++)
        {
            if (TalkObjects.Contains(text[at].Hash)) return false;
        }

        return true;
    }

    private static FrozenSet<ulong> Hashes(IEnumerable<string> words) => words.Select(word => WordReader.HashOf(word)).ToFrozenSet();
}
