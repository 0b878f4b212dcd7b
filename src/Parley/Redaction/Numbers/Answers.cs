namespace Parley.Redaction.Numbers;

/// <summary>Short answers of another speaker within a text that names its speakers: "Ana: four one. Ben: Mm-hm. Ana: Five two."</summary>
internal static class Answers
{
    private const int MostWords = 3;

    /// <summary>Returns the token behind an answer and the label of the speaker who goes on; -1 if no answer begins with the token.</summary>
    public static int Skip(TokenList tokens, int at)
    {
        var next = SkipLabel(tokens, at);
        for (var words = 0; next >= 0 && words < MostWords; words++)
        {
            if (next >= tokens.Count || tokens[next] is not { Kind: TokenKind.Word, Term: null or { IsNumber: false } }) return -1;
            next = SkipSigns(tokens, next + 1);
            if (SkipLabel(tokens, next) is >= 0 and var behind) return IsSame(tokens, at, next) ? -1 : behind;
        }

        return -1;
    }

    /// <summary>Returns the token behind the label of a speaker, a word with a colon; -1 if the token begins none.</summary>
    public static int SkipLabel(TokenList tokens, int at)
    {
        if (at + 2 >= tokens.Count || tokens[at].Kind != TokenKind.Word || char.IsLower(tokens.Text[tokens[at].Start])) return -1;
        return tokens[at + 1].Kind == TokenKind.Sign && tokens.Text[tokens[at + 1].Start] == ':' ? at + 2 : -1;
    }

    private static int SkipSigns(TokenList tokens, int at)
    {
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Sign && IsPunctuation(tokens.Text[tokens[at].Start])) at++;
        return at;
    }

    private static bool IsPunctuation(char sign) => sign is '.' or ',' or '-' or '!' or '?' or '…';

    private static bool IsSame(TokenList tokens, int first, int second) => TextOf(tokens, first).SequenceEqual(TextOf(tokens, second));

    private static ReadOnlySpan<char> TextOf(TokenList tokens, int at) =>
        tokens.Text.AsSpan(tokens[at].Start, tokens[at].End - tokens[at].Start);
}
