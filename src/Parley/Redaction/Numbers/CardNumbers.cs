namespace Parley.Redaction.Numbers;

/// <summary>Finds payment cards in digits.</summary>
internal static class CardNumbers
{
    private const int Shortest = 13;
    private const int Longest = 19;

    /// <summary>Returns every stretch of digits that may be a card: other digits, such as its date, may stand beside it.</summary>
    public static IEnumerable<(int First, int Last)> In(string digits)
    {
        for (var first = 0; first <= digits.Length - Shortest; first++)
        {
            if (digits[first] < '2') continue;
            for (var length = Math.Min(Longest, digits.Length - first); length >= Shortest; length--)
            {
                if (!PassesLuhn(digits.AsSpan(first, length))) continue;
                yield return (first, first + length - 1);
                break;
            }
        }
    }

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 1) value = value > 4 ? (value * 2) - 9 : value * 2;
            sum += value;
        }

        return sum % 10 == 0;
    }
}
