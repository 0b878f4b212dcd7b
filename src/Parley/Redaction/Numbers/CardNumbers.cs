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

    /// <summary>Returns whether all the digits are a card of a known brand: they pass the check, and begin and are as long as its cards.</summary>
    public static bool IsBranded(string digits)
    {
        if (digits.Length is < Shortest or > Longest || !PassesLuhn(digits)) return false;
        var prefix = (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + digits[3] - '0';
        return prefix switch
        {
            >= 4000 and < 5000 => digits.Length is 13 or 16 or 19, // Visa
            (>= 5100 and < 5600) or (>= 2221 and <= 2720) => digits.Length == 16, // Mastercard
            (>= 3400 and < 3500) or (>= 3700 and < 3800) => digits.Length == 15, // American Express
            (>= 3000 and < 3060) or (>= 3600 and < 3700) or (>= 3800 and < 4000) => digits.Length is >= 14 and <= 19, // Diners Club
            >= 3528 and <= 3589 => digits.Length is >= 16 and <= 19, // JCB
            6011 or (>= 6200 and < 6300) or (>= 6440 and < 6600) => digits.Length is >= 16 and <= 19, // Discover, UnionPay
            (>= 5000 and < 5100) or (>= 5600 and < 5900) or 6304 or 6759 or (>= 6761 and <= 6763) => true, // Maestro
            _ => false,
        };
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
