namespace Parley.Redaction.Numbers;

/// <summary>What is known of a number from the words beside it.</summary>
/// <param name="Cue">What they say.</param>
/// <param name="IsNamed">Only words such as "is" stand between: the number is what the cue names.</param>
internal readonly record struct CueFound(Cue Cue, bool IsNamed);

/// <summary>Reads the words in front of a number and behind it.</summary>
internal static class Cues
{
    /// <summary>The maximum number of words that are read behind a number.</summary>
    public const int WordsBehind = 6;

    private const int WordsBefore = 8;
    private const int CharactersBefore = 64;
    private const int LongestAbbreviation = 3;
    private const int LongestInCode = 2;

    /// <summary>Reads the words in front of a run.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="run">The run.</param>
    /// <param name="before">The run before it, and what was found of that; null if there is none.</param>
    public static CueFound Before(TokenList tokens, NumberRun run, (NumberRun Run, CueFound Found)? before)
    {
        var isNamed = true;
        var isBeyondSentence = false;
        var isGeneric = false;
        Term? right = null;
        for (var (at, words) = (run.First - 1, 0); at >= 0 && words < WordsBefore && run.Start - tokens[at].End < CharactersBefore; at--)
        {
            var token = tokens[at];
            if (before is { } last && at < last.Run.Next)
                return isGeneric || !IsList(tokens, last.Run, run) ? Default(isGeneric, isNamed) : last.Found;
            if (token.Kind != TokenKind.Word)
            {
                if (token.Kind == TokenKind.Digits) isNamed &= token.End - token.Start <= LongestInCode;
                else if (EndsSentence(tokens, at)) isBeyondSentence = true;
                continue;
            }

            words++;
            var term = token.Term;
            var cue = CueOf(tokens, at);
            if (cue == Cue.None && term is null && IsNumberCompound(tokens.Text, token)) cue = Cue.Harmless;
            if (cue == Cue.Harmless && isBeyondSentence) cue = Cue.None;
            if (cue != Cue.None) return new(cue, isNamed);
            if (isGeneric && term?.Has(TermUses.Mine) == true) return new(Cue.Reach, isNamed);
            if (term?.Has(TermUses.Generic) == true)
            {
                if (right?.Has(TermUses.Of) == true) return new(Cue.Harmless, IsNamed: false);
                isGeneric = true;
            }
            else if (!IsBetween(token))
            {
                isNamed = false;
            }

            right = term;
        }

        return Default(isGeneric, isNamed);
    }

    /// <summary>Reads the words behind a run: "… is my number".</summary>
    public static Cue Behind(TokenList tokens, NumberRun run)
    {
        var hasVerb = false;
        var isGeneric = false;
        var isMine = false;
        for (var (at, words) = (run.Next, 0); at < tokens.Count && words < WordsBehind; at++)
        {
            if (tokens[at].Kind == TokenKind.Digits) break;
            if (tokens[at].Kind == TokenKind.Sign) continue;
            words++;
            var term = tokens[at].Term;
            if (!hasVerb)
            {
                if (term?.Has(TermUses.Be) == true) hasVerb = true;
                else if (term?.Has(TermUses.Link) != true) break;
                continue;
            }

            if (term is null) break;
            var next = at + 1 < tokens.Count && tokens[at + 1].Term is { } second ? Vocabulary.BuiltIn.FindPair(term, second) : Cue.None;
            if (next != Cue.None) return next;
            if (term.Cue != Cue.None) return term.Cue;
            isMine |= term.Has(TermUses.Mine);
            if (term.Has(TermUses.Generic) && isMine) isGeneric = true;
            else if (!term.Has(TermUses.Link)) break;
        }

        return isGeneric ? Cue.Reach : Cue.None;
    }

    /// <summary>Returns whether a run counts something: "… euros", "… and 1200 euros", "€ …".</summary>
    public static bool IsCounted(TokenList tokens, NumberRun run)
    {
        if (run.First > 0 && tokens[run.First - 1] is { Kind: TokenKind.Sign } before && IsCurrency(tokens.Text[before.Start])) return true;
        var at = EndOfList(tokens, run);
        if (at >= tokens.Count) return false;
        var next = tokens[at];
        if (next.Kind == TokenKind.Sign) return IsCurrency(tokens.Text[next.Start]) || tokens.Text[next.Start] is '%' or '°' or '‰';
        return next.Term is { } term && (term.Has(TermUses.Unit) || IsLarge(term));
    }

    /// <summary>Returns whether the decimals of a number are said: "three point one four".</summary>
    public static bool IsDecimals(TokenList tokens, NumberRun run) =>
        run.First > 1 && tokens[run.First - 1].Is(TermUses.Point)
        && (tokens[run.First - 2].Kind == TokenKind.Digits || tokens[run.First - 2].Term is { IsNumber: true });

    /// <summary>Returns whether what comes behind the text may say more about a run.</summary>
    public static bool MayGoOn(TokenList tokens, NumberRun run, int firstOpen)
    {
        var words = 0;
        if (EndOfList(tokens, run) >= firstOpen) return true;
        for (var at = run.Next; at < firstOpen; at++)
        {
            var token = tokens[at];
            if (token.Kind == TokenKind.Sign) continue;
            if (token.Kind == TokenKind.Digits || ++words >= WordsBehind) return false;
            var isLink = token.Is(TermUses.Link | TermUses.Generic | TermUses.Of);
            if (!isLink && (token.Term is null || token.Term.Cue != Cue.None || words == 1)) return false;
        }

        return true;
    }

    /// <summary>Returns the token behind a run and one more number after "and".</summary>
    private static int EndOfList(TokenList tokens, NumberRun run)
    {
        var at = run.Next;
        if (at >= tokens.Count || !tokens[at].Is(TermUses.And)) return at;
        at++;
        while (at < tokens.Count && at - run.Next <= WordsBehind && (tokens[at].Kind == TokenKind.Digits || tokens[at].Term is { IsNumber: true })) at++;
        return at;
    }

    /// <summary>Whether a word may stand between a name and its number. A single letter or digit belongs to a code: "six a zéro un …".</summary>
    private static bool IsBetween(Token token) => token.End - token.Start == 1
        || token.Term is { IsNumber: true }
        || token.Is(TermUses.Link | TermUses.Filler | TermUses.Plus | TermUses.And);

    private static CueFound Default(bool isGeneric, bool isNamed) => isGeneric ? new(Cue.Reach, isNamed) : default;

    private static Cue CueOf(TokenList tokens, int at)
    {
        if (tokens[at].Term is not { } term) return Cue.None;
        var first = at - 1;
        while (first >= 0 && (tokens[first].Kind == TokenKind.Sign || tokens[first].Is(TermUses.Of)) && at - first < 3) first--;
        var pair = first >= 0 && tokens[first].Term is { } before ? Vocabulary.BuiltIn.FindPair(before, term) : Cue.None;
        return pair == Cue.None ? term.Cue : pair;
    }

    /// <summary>"Losnummer": a number of something that is not known. Numbers that must go have names that are known.</summary>
    private static bool IsNumberCompound(string text, Token token) =>
        text.AsSpan(token.Start, token.End - token.Start).EndsWith("nummer", StringComparison.OrdinalIgnoreCase)
        || text.AsSpan(token.Start, token.End - token.Start).EndsWith("nummern", StringComparison.OrdinalIgnoreCase);

    private static bool IsList(TokenList tokens, NumberRun first, NumberRun second)
    {
        for (var at = first.Next; at < second.First; at++)
        {
            if (tokens[at].Kind == TokenKind.Word && !tokens[at].Is(TermUses.And)) return false;
        }

        return true;
    }

    private static bool EndsSentence(TokenList tokens, int at)
    {
        if (tokens.Text[tokens[at].Start] is '?' or '!' or ';') return true;
        if (tokens.Text[tokens[at].Start] != '.' || at == 0) return false;
        return tokens[at - 1].End - tokens[at - 1].Start > LongestAbbreviation;
    }

    private static bool IsCurrency(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.CurrencySymbol;

    private static bool IsLarge(Term term)
    {
        for (var language = 0; language < Vocabulary.Languages; language++)
        {
            if (term.In(language).Role == NumberRole.Large) return true;
        }

        return false;
    }
}
