namespace Parley.Redaction.Numbers;

/// <summary>One number that is said, below 1,000, or an amount.</summary>
/// <param name="Next">The token after it.</param>
/// <param name="Digits">Its digits; "" for an amount, whose digits are not those of a number that is told digit by digit.</param>
internal readonly record struct SpokenNumber(int Next, string Digits)
{
    public bool IsAmount => Digits.Length == 0;

    /// <summary>Reads the number that begins with a word.</summary>
    public static bool TryRead(TokenList tokens, int at, int language, out SpokenNumber number)
    {
        number = default;
        var word = Word(tokens, at, language);
        if (word.Role == NumberRole.Repeat) return TryRepeat(tokens, at, language, word.Value, out number);
        if (word.Role == NumberRole.Large)
        {
            number = new(EndOfAmount(tokens, at, language), "");
            return true;
        }

        if (ReadHundreds(tokens, at, language) is not (>= 0 and var value, var next)) return false;
        var following = tokens.NextWord(next - 1);
        number = following >= 0 && Word(tokens, following, language).Role == NumberRole.Large
            ? new(EndOfAmount(tokens, following, language), "")
            : new(next, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Returns what a token is in numbers of a language.</summary>
    private static NumberWord Word(TokenList tokens, int at, int language) =>
        at >= 0 && at < tokens.Count ? tokens[at].Term?.In(language) ?? default : default;

    private static bool TryRepeat(TokenList tokens, int at, int language, int times, out SpokenNumber number)
    {
        number = default;
        var next = at + 1;
        if (next < tokens.Count && tokens[next].Is(TermUses.Article)) next++;
        if (next >= tokens.Count) return false;
        var said = tokens[next] is { Kind: TokenKind.Digits } digits && digits.End == digits.Start + 1 ? tokens.Text[digits.Start]
            : Word(tokens, next, language) is { Role: NumberRole.Digit } digit ? (char)('0' + digit.Value) : '\0';
        if (said == '\0') return false;
        number = new(next + 1, new string(said, times));
        return true;
    }

    private static (int Value, int Next) ReadHundreds(TokenList tokens, int at, int language)
    {
        var word = Word(tokens, at, language);
        if (word.Role == NumberRole.Hundreds || word is { Role: NumberRole.Hundred, Value: 100 })
            return AddRest(tokens, at + 1, language, word.Value);
        var (value, next) = ReadBelowHundred(tokens, at, language);
        if (value is < 1 or > 9 || next != at + 1) return (value, next);
        var hundred = tokens.NextWord(at);
        return hundred >= 0 && Word(tokens, hundred, language).Role == NumberRole.Hundred
            ? AddRest(tokens, hundred + 1, language, value * 100)
            : (value, next);
    }

    private static (int Value, int Next) AddRest(TokenList tokens, int next, int language, int hundreds)
    {
        var rest = tokens.NextWord(next - 1);
        if (rest >= 0 && tokens[rest].Is(TermUses.Joiner)) rest = tokens.NextWord(rest);
        if (rest < 0) return (hundreds, next);
        var (value, end) = ReadBelowHundred(tokens, rest, language);
        return value is > 0 and < 100 ? (hundreds + value, end) : (hundreds, next);
    }

    private static (int Value, int Next) ReadBelowHundred(TokenList tokens, int at, int language)
    {
        var word = Word(tokens, at, language);
        var next = tokens.NextWord(at);
        return word.Role switch
        {
            NumberRole.Digit when word.Value == 4 && IsVingt(tokens, next) => AddUnits(tokens, next, language, 80, 19),
            NumberRole.Ten => AddUnits(tokens, at, language, word.Value, word.Value == 60 && IsSoixante(tokens, at) ? 19 : 9),
            _ => ReadUnits(tokens, at, language),
        };
    }

    private static (int Value, int Next) ReadUnits(TokenList tokens, int at, int language)
    {
        var word = Word(tokens, at, language);
        if (word.Role is not (NumberRole.Digit or NumberRole.Teen or NumberRole.Whole)) return (-1, at);
        if (!IsDix(tokens, at)) return (word.Value, at + 1);
        var next = tokens.NextWord(at);
        var after = Word(tokens, next, language);
        return after is { Role: NumberRole.Digit, Value: >= 7 } ? (10 + after.Value, next + 1) : (word.Value, at + 1);
    }

    private static (int Value, int Next) AddUnits(TokenList tokens, int at, int language, int tens, int most)
    {
        var next = tokens.NextWord(at);
        if (next >= 0 && tokens[next].Is(TermUses.Joiner)) next = tokens.NextWord(next);
        if (next < 0) return (tens, at + 1);
        var (value, end) = ReadUnits(tokens, next, language);
        return value >= 1 && value <= most ? (tens + value, end) : (tens, at + 1);
    }

    // French counts on from 60 and 80: "soixante-dix", "quatre-vingt-dix-sept".
    private static bool IsVingt(TokenList tokens, int at) => at >= 0 && tokens[at].Term?.Text is "vingt" or "vingts";

    private static bool IsDix(TokenList tokens, int at) => tokens[at].Term?.Text is "dix";

    private static bool IsSoixante(TokenList tokens, int at) => tokens[at].Term?.Text is "soixante";

    private static int EndOfAmount(TokenList tokens, int at, int language)
    {
        var end = at + 1;
        for (var next = tokens.NextWord(at); next >= 0; next = tokens.NextWord(next))
        {
            if (Word(tokens, next, language).Role is not (NumberRole.None or NumberRole.Repeat)) end = next + 1;
            else if (!tokens[next].Is(TermUses.Joiner)) break;
        }

        return end;
    }
}
