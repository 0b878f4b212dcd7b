namespace Parley.Redaction;

/// <summary>Digits that only separators part.</summary>
internal sealed class DigitRun
{
    private const int ShortestCard = 13;
    private const int LongestCard = 19;
    private const int ShortestPhone = 9;
    private const int ShortestPhoneAfterPlus = 7;
    private const int TellingDigits = 3;

    private readonly List<Digit> _digits = [];
    private readonly string _text;

    private DigitRun(string text) => _text = text;

    private int End => _digits[^1].End;

    private bool HasPlus => Start < _digits[0].Start && _text.AsSpan(Start, _digits[0].Start - Start).Contains('+');

    // "+49", "(0)30": the signs before the first digit are part of the number.
    private int Start
    {
        get
        {
            var start = _digits[0].Start;
            while (start > 0 && (_text[start - 1] is '+' or '(' || (_text[start - 1] == Spoken.Border && start > 1 && _text[start - 2] is '+' or '('))) start--;
            return start;
        }
    }

    /// <summary>All runs of a text, in order.</summary>
    public static List<DigitRun> Of(string text)
    {
        var runs = new List<DigitRun>();
        for (var at = 0; at < text.Length;)
        {
            if (!Spoken.TryDigit(text, at, out var digit))
            {
                at++;
                continue;
            }

            if (runs.Count == 0 || Spoken.SkipGap(text, runs[^1].End) != at) runs.Add(new DigitRun(text));
            runs[^1]._digits.Add(digit);
            at = digit.End;
        }

        return runs;
    }

    /// <summary>Where a number may begin that goes on behind the end of the text.</summary>
    public static OpenEnd OpenEndOf(string text, List<DigitRun> runs)
    {
        if (runs.Count > 0 && Spoken.SkipGap(text, runs[^1].End) is >= 0 and var next && (next == text.Length || Spoken.EndsInDigitWord(text, next)))
            return new(runs[^1].Start, runs[^1]._digits.Count >= TellingDigits);

        var start = text.AsSpan().LastIndexOfAnyExcept('+', '(', Spoken.Border) + 1;
        if (start < text.Length) return new(start, IsTelling: false);
        var word = text.Length;
        while (word > 0 && (char.IsAsciiLetter(text[word - 1]) || text[word - 1] == Spoken.Border)) word--;
        while (word < text.Length && !Spoken.EndsInDigitWord(text, word)) word++;
        return new(word, IsTelling: false);
    }

    /// <summary>The run as a phone number, if it is long enough.</summary>
    public IEnumerable<Finding> Phones() =>
        _digits.Count >= (HasPlus ? ShortestPhoneAfterPlus : ShortestPhone) ? [new Finding(Start, End, "phone")] : [];

    /// <summary>Every stretch of the run that may be a card: other digits, such as its date, may stand beside it.</summary>
    public IEnumerable<Finding> Cards()
    {
        for (var first = 0; first <= _digits.Count - ShortestCard; first++)
        {
            if (_digits[first].Value < 2) continue;
            for (var length = Math.Min(LongestCard, _digits.Count - first); length >= ShortestCard; length--)
            {
                if (!PassesLuhn(first, length)) continue;
                yield return new Finding(_digits[first].Start, _digits[first + length - 1].End, "card");
                break;
            }
        }
    }

    private bool PassesLuhn(int first, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            var value = _digits[first + length - 1 - i].Value;
            if (i % 2 == 1) value = value > 4 ? (value * 2) - 9 : value * 2;
            sum += value;
        }

        return sum % 10 == 0;
    }
}
