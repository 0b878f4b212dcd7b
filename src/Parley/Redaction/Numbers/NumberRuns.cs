namespace Parley.Redaction.Numbers;

/// <summary>Finds the runs of a text.</summary>
internal static class NumberRuns
{
    /// <summary>The least number of digits that matter.</summary>
    public const int Shortest = 3;

    /// <summary>Returns the runs of at least <see cref="Shortest"/> digits, in order.</summary>
    public static List<NumberRun> Of(TokenList tokens, bool[] known)
    {
        var runs = new List<NumberRun>();
        for (var at = 0; at < tokens.Count;)
        {
            if (!MayBegin(tokens[at]) || known[at] || Longest(tokens, at, known) is not { } run)
            {
                at++;
                continue;
            }

            if (run.Count >= Shortest) runs.Add(run);
            at = Math.Max(run.Resume, at + 1);
        }

        return runs;
    }

    // A number is in one language: that in which most of it can be read.
    private static NumberRun? Longest(TokenList tokens, int at, bool[] known)
    {
        NumberRun? longest = null;
        for (var language = 0; language < Vocabulary.Languages; language++)
        {
            var run = NumberRun.Read(tokens, at, known, language);
            if (run is not null && (longest is null || (run.Count, run.Resume).CompareTo((longest.Count, longest.Resume)) > 0)) longest = run;
            if (run is { HasWords: false }) break;
        }

        return longest;
    }

    private static bool MayBegin(Token token) => token.Kind == TokenKind.Digits || token.Term is { IsNumber: true };
}
