using System.Globalization;

namespace Parley.Redaction.Numbers;

/// <summary>The tokens of a text, in order.</summary>
internal sealed class TokenList
{
    private readonly Vocabulary _vocabulary = Vocabulary.BuiltIn;
    private readonly List<Token> _tokens = [];

    public TokenList(string text)
    {
        Text = text;
        for (var at = 0; at < text.Length;)
        {
            var token = Read(at);
            if (token.End > at && token.Start == at) _tokens.Add(token);
            at = Math.Max(token.End, at + 1);
        }
    }

    public string Text { get; }

    public int Count => _tokens.Count;

    public Token this[int index] => _tokens[index];

    /// <summary>Returns the index of the token that starts at a place; -1 if there is none.</summary>
    public int IndexAt(int start)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_tokens[middle].Start == start) return middle;
            if (_tokens[middle].Start < start) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    /// <summary>Returns whether only borders stand between a token and the next.</summary>
    public bool IsJoined(int index)
    {
        if (index < 0 || index + 1 >= Count) return false;
        return Text.AsSpan(_tokens[index].End, _tokens[index + 1].Start - _tokens[index].End).IndexOfAnyExcept(Spoken.Border) < 0;
    }

    /// <summary>Returns whether only space and borders stand between a token and the next.</summary>
    public bool IsWordGap(int index) =>
        Text.AsSpan(_tokens[index].End, _tokens[index + 1].Start - _tokens[index].End).Trim(Spoken.Border).IsWhiteSpace();

    /// <summary>
    /// Returns the token behind the separators after a token; the number of tokens at the end of the text; -1 if it is too far away.
    /// </summary>
    public int SkipGap(int index)
    {
        var at = Spoken.SkipGap(Text, _tokens[index].End);
        if (at < 0) return -1;
        var next = index + 1;
        while (next < Count && _tokens[next].Start < at) next++;
        return next;
    }

    /// <summary>Returns the next word of the same number: behind a space or a hyphen. -1 if there is none.</summary>
    public int NextWord(int index)
    {
        var next = index + 1;
        if (next < Count && _tokens[next].Kind == TokenKind.Sign && Text[_tokens[next].Start] is '-' or '‐' or '‑') next++;
        return next < Count && _tokens[next] is { Kind: TokenKind.Word, Term: not null } ? next : -1;
    }

    /// <summary>
    /// Returns the index of the first token that what follows the text may change: the last words, if more letters may follow that make
    /// one of them a word that matters.
    /// </summary>
    /// <param name="isNumber">Whether only words count that are parts of numbers.</param>
    public int FirstOpenWord(bool isNumber = false)
    {
        var open = Count;
        if (Count == 0 || _tokens[^1].End != Text.Length) return open;
        Span<char> letters = stackalloc char[_vocabulary.LongestWord];
        var length = 0;
        for (var i = Count - 1; i >= 0 && _tokens[i].Kind == TokenKind.Word && (i == Count - 1 || IsJoined(i)); i--)
        {
            for (var at = _tokens[i].End - 1; at >= _tokens[i].Start; at--)
            {
                if (Text[at] == Spoken.Border) continue;
                if (length == letters.Length) return open;
                letters[^++length] = Text[at];
            }

            if (_vocabulary.IsBeginning(letters[^length..], isNumber)) open = i;
        }

        return open;
    }

    private Token Read(int at)
    {
        var c = Text[at];
        if (c == Spoken.Border || char.IsWhiteSpace(c)) return default;
        if (char.IsLetter(c)) return ReadWord(at);
        if (!IsDigit(c)) return new(at, at + 1, TokenKind.Sign, null);
        var end = at + 1;
        while (end < Text.Length && IsDigit(Text[end])) end++;
        return new(at, end, TokenKind.Digits, null);
    }

    /// <summary>Reads a word; of the pieces of one that borders part, as many as make a word that matters.</summary>
    private Token ReadWord(int at)
    {
        var first = EndOfLetters(at);
        if (first + 1 >= Text.Length || Text[first] != Spoken.Border || !char.IsLetter(Text[first + 1]))
            return new(at, first, TokenKind.Word, _vocabulary.Find(Text.AsSpan(at, first - at)));

        Span<char> letters = stackalloc char[_vocabulary.LongestWord];
        var token = new Token(at, first, TokenKind.Word, _vocabulary.Find(Text.AsSpan(at, first - at)));
        var (length, start, languages) = (0, at, ~0);
        for (var end = first; end - start <= letters.Length - length; end = EndOfLetters(start))
        {
            Text.AsSpan(start, end - start).CopyTo(letters[length..]);
            length += end - start;
            languages &= _vocabulary.Find(letters[(length - end + start)..length])?.Languages ?? 0;

            // Senders of words give "neun" and "zehn"; that one cuts "neunzehn" just there is less likely.
            if (start > at && languages == 0 && _vocabulary.Find(letters[..length]) is { } term) token = new(at, end, TokenKind.Word, term);
            start = end + 1;
            if (start >= Text.Length || Text[end] != Spoken.Border || !char.IsLetter(Text[start])) break;
        }

        return token;
    }

    private int EndOfLetters(int at)
    {
        while (at < Text.Length && char.IsLetter(Text[at])) at++;
        return at;
    }

    private static bool IsDigit(char c) => CharUnicodeInfo.GetDecimalDigitValue(c) >= 0;
}
