using System.Globalization;
using System.Text;

namespace Parley.Redaction.Numbers;

/// <summary>Digits that only separators and words said while thinking part.</summary>
internal sealed class NumberRun
{
    private readonly List<(int Place, int Start, int End)> _items = [];
    private readonly StringBuilder _digits = new();
    private readonly TokenList _tokens;

    private NumberRun(TokenList tokens, int first) => (_tokens, First, Next) = (tokens, first, first);

    /// <summary>Gets the index of the first token.</summary>
    public int First { get; }

    /// <summary>Gets the index of the token after the last.</summary>
    public int Next { get; private set; }

    /// <summary>Gets the token with which to go on reading: behind an amount that ends the run.</summary>
    public int Resume { get; private set; }

    /// <summary>Gets whether a word was met that is a part of numbers.</summary>
    public bool HasWords { get; private set; }

    /// <summary>Gets the number of digits.</summary>
    public int Count => _digits.Length;

    /// <summary>Gets the digits, 0 to 9.</summary>
    public string Digits => field ??= _digits.ToString();

    /// <summary>Gets the place of the first character.</summary>
    public int Start => _items[0].Start;

    /// <summary>Gets the place after the last character.</summary>
    public int End => _items[^1].End;

    /// <summary>Gets the numbers of digits of the items.</summary>
    public IEnumerable<int> Lengths => _items.Select((item, index) => EndOf(index) - item.Place);

    /// <summary>Gets the items' digits.</summary>
    public IEnumerable<string> Items => _items.Select((item, index) => Digits[item.Place..EndOf(index)]);

    /// <summary>Reads the run that begins with a token; null if no number does.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="at">The token.</param>
    /// <param name="known">Which tokens are digits of numbers that are known by their form: they are in no run.</param>
    /// <param name="language">The language of the words.</param>
    public static NumberRun? Read(TokenList tokens, int at, bool[] known, int language)
    {
        var run = new NumberRun(tokens, at);
        for (var next = at; next >= 0 && next < tokens.Count; next = SkipGap(tokens, run.Next - 1, language))
        {
            if (!run.TryAdd(next, known, language)) break;
        }

        run.Resume = Math.Max(run.Resume, run.Next);
        return run._items.Count > 0 || run.Resume > at ? run : null;
    }

    /// <summary>Returns whether the tokens are digits alone, with nothing but certain signs between.</summary>
    /// <param name="lengths">The numbers of digits.</param>
    public bool IsWritten(params ReadOnlySpan<int> lengths)
    {
        if (_items.Count != lengths.Length) return false;
        for (var i = 0; i < lengths.Length; i++)
        {
            if (EndOf(i) - _items[i].Place != lengths[i] || _items[i].End - _items[i].Start != lengths[i]) return false;
        }

        return true;
    }

    /// <summary>Returns where digits stand in the text.</summary>
    public (int Start, int End) PlaceOf(int first, int last) => (PlaceOf(first).Start, PlaceOf(last).End);

    private (int Start, int End) PlaceOf(int digit)
    {
        var (low, high) = (0, _items.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_items[middle].Place <= digit) low = middle;
            else high = middle - 1;
        }

        var (place, start, end) = _items[low];
        var isWritten = end - start == EndOf(low) - place;
        return isWritten ? (start + digit - place, start + digit - place + 1) : (start, end);
    }

    private static int SkipGap(TokenList tokens, int last, int language)
    {
        const int MostFillers = 4;
        var next = tokens.SkipGap(last);
        for (var fillers = 0; fillers < MostFillers && next >= 0 && next < tokens.Count; fillers++)
        {
            if (!IsFiller(tokens, next, language)) break;
            next = tokens.SkipGap(next);
        }

        return next;
    }

    // "and then" goes on with the number; "and" begins another.
    private static bool IsFiller(TokenList tokens, int at, int language) =>
        (tokens[at].Is(TermUses.Filler | TermUses.Separator) && tokens[at].Term!.In(language).Role == NumberRole.None)
        || (tokens[at].Is(TermUses.And) && at + 1 < tokens.Count && tokens[at + 1].Is(TermUses.Filler) && tokens.IsWordGap(at));

    private bool TryAdd(int at, bool[] known, int language)
    {
        var token = _tokens[at];
        if (token.Kind == TokenKind.Digits)
        {
            if (known[at]) return false;
            _items.Add((Count, token.Start, token.End));
            foreach (var digit in _tokens.Text.AsSpan(token.Start, token.End - token.Start))
                _digits.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(digit)));
            Next = at + 1;
            return true;
        }

        if (token.Term is not { IsNumber: true }) return false;
        HasWords = true;
        if (!SpokenNumber.TryRead(_tokens, at, language, out var number)) return false;
        if (number.IsAmount)
        {
            Resume = number.Next;
            return false;
        }

        _items.Add((Count, token.Start, _tokens[number.Next - 1].End));
        _digits.Append(number.Digits);
        Next = number.Next;
        return true;
    }

    private int EndOf(int index) => index + 1 < _items.Count ? _items[index + 1].Place : Count;
}
