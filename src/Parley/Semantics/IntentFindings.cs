namespace Parley.Semantics;

/// <summary>What was found in the pieces of a text so far: for each group of intents what stands out most.</summary>
internal struct IntentFindings
{
    private IntentFinding _question;
    private IntentFinding _action;
    private IntentFinding _decision;
    private IntentFinding _agreement;

    /// <summary>Adds what was found in a piece.</summary>
    public void Add(IntentFinding question, IntentFinding action, IntentFinding decision, IntentFinding agreement)
    {
        _question = _question.Or(question);
        _action = _action.Or(action);
        _decision = _decision.Or(decision);
        _agreement = _agreement.Or(agreement);
    }

    /// <summary>Returns the result for the text.</summary>
    public readonly IntentResult ToResult(string text)
    {
        // The order decides between findings that stand out alike.
        ReadOnlySpan<IntentFinding> all = [_question, _action, _decision, _agreement];
        var given = 0;
        var (best, likeliest) = (all[0], 0.0);
        foreach (var finding in all)
        {
            if (finding.IsGiven) given++;
            best = best.Or(finding);
            likeliest = Math.Max(likeliest, finding.Probability);
        }

        return given switch
        {
            0 => new IntentResult(Intents.Statement, Round(1 - likeliest), ""),
            1 => new IntentResult(best.Intent!, Round(best.Probability), WordsOf(text.AsSpan(best.Evidence))),
            _ => new IntentResult(best.Intent!, Round(best.Probability), WordsOf(text.AsSpan(best.Evidence))) { Intents = Given(all, given) },
        };
    }

    private static string[] Given(ReadOnlySpan<IntentFinding> all, int given)
    {
        var sorted = all.ToArray().OrderByDescending(finding => finding.Ratio);   // a stable sort
        return [.. sorted.Take(given).Select(finding => finding.Intent!)];
    }

    private static double Round(double probability) => Math.Round(probability, 3);

    private static string WordsOf(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var reader = new WordReader(text);
        while (reader.MoveNext()) words.Add(text[reader.Start..reader.End].ToString().ToLowerInvariant());
        return string.Join(' ', words);
    }
}
