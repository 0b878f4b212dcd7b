namespace Parley.Redaction.Numbers;

/// <summary>Finds the numbers in a text that must go, and where one may begin that goes on behind its end.</summary>
internal sealed class NumberFinder(RedactionConfig config)
{
    private readonly NumberRules _rules = new(config);
    private readonly bool _mayCutWords = config.Borders == ChunkBorders.Anywhere;

    /// <summary>Returns what must go, in order, and what may.</summary>
    public (List<Finding> Found, OpenEnd Open) Find(TokenList tokens)
    {
        var runs = NumberRuns.Of(tokens, WrittenNumber.FindKnown(tokens));
        var found = new List<Finding>();
        var firstOpen = _mayCutWords ? tokens.FirstOpenWord() : tokens.Count;
        var open = tokens.Text.Length;
        (NumberRun, CueFound)? before = null;
        foreach (var run in runs)
        {
            var cue = Cues.Before(tokens, run, before);
            before = (run, cue);
            found.AddRange(_rules.Decide(tokens, run, cue));
            if (open == tokens.Text.Length && NumberRules.IsOpen(run, cue) && Cues.MayGoOn(tokens, run, firstOpen))
                open = Begin(tokens, run.First);
        }

        var tail = Tail(tokens, firstOpen);
        if (tail < tokens.Count) open = Math.Min(open, Begin(tokens, tail));
        else if (_mayCutWords && tokens.FirstOpenWord(isNumber: true) is var word && word < tokens.Count)
            open = Math.Min(open, tokens[word].Start);

        return (found, new(open, tail < tokens.Count && runs.Count > 0 && runs[^1].Next > tail));
    }

    /// <summary>Returns the first token of the numbers that the text ends in; the number of tokens if it ends in other words.</summary>
    private static int Tail(TokenList tokens, int end)
    {
        var tail = tokens.Count;
        for (var at = end - 1; at >= 0; at--)
        {
            var token = tokens[at];
            if (BeginsNumber(tokens, token)) tail = at;
            else if (token.Kind == TokenKind.Word ? !GoesOn(tokens, at) : !IsBetween(tokens.Text[token.Start])) break;
        }

        return tail;
    }

    private static bool BeginsNumber(TokenList tokens, Token token) => token.Kind switch
    {
        TokenKind.Digits => true,
        TokenKind.Sign => tokens.Text[token.Start] is '+' or '(',
        _ => token.Term is { IsNumber: true } || token.Is(TermUses.Plus),
    };

    private static bool GoesOn(TokenList tokens, int at) => tokens[at].Is(TermUses.Filler | TermUses.Separator | TermUses.Joiner)
        || (tokens[at].Is(TermUses.Article) && at > 0 && tokens[at - 1].Term is { IsNumber: true });

    private static bool IsBetween(char sign) =>
        sign is '.' or ',' or ':' or '/' or '-' or '–' or '‐' or '‑' or ')' or '\'' or '’' or '…';

    // "+" and "plus" belong to what they begin.
    private static int Begin(TokenList tokens, int first)
    {
        while (first > 0 && (tokens[first - 1].Is(TermUses.Plus)
            || (tokens[first - 1].Kind == TokenKind.Sign && tokens.Text[tokens[first - 1].Start] is '+' or '('))) first--;
        return tokens[first].Start;
    }
}
