namespace Parley.Redaction.Numbers;

/// <summary>A letter that is said as a word, as "bravo", or with a word that begins with it, as "B for Bob".</summary>
/// <param name="Letter">The letter, A to Z.</param>
/// <param name="End">The place behind it and its word; the end of the text if the text ends before the word.</param>
internal readonly record struct SpelledLetter(char Letter, int End)
{
    // "B as in Bob".
    private const int MostExampleWords = 2;

    /// <summary>Reads the letter that begins with a token; null if none does.</summary>
    public static SpelledLetter? Read(TokenList tokens, int at)
    {
        if (at < 0 || tokens[at].Kind != TokenKind.Word) return null;
        if (tokens[at].Term is { Letter: not '\0' and var letter }) return new(letter, tokens[at].End);
        var first = tokens.Text[tokens[at].Start];
        if (tokens[at].End > tokens[at].Start + 1 || !char.IsAsciiLetter(first)) return null;
        letter = char.ToUpperInvariant(first);
        var next = tokens.SkipGap(at);
        for (var words = 0; words < MostExampleWords && next > 0 && next < tokens.Count && tokens[next].Is(TermUses.Example); words++)
        {
            next = tokens.SkipGap(next);
            if (next == tokens.Count) return new(letter, tokens.Text.Length);
            if (next > 0 && IsExample(tokens, next, letter)) return new(letter, tokens[next].End);
        }

        return null;
    }

    private static bool IsExample(TokenList tokens, int at, char letter) =>
        tokens[at].Kind == TokenKind.Word && tokens[at].End - tokens[at].Start > 1
        && (tokens[at].Term?.Letter == letter || char.ToUpperInvariant(tokens.Text[tokens[at].Start]) == letter);
}
