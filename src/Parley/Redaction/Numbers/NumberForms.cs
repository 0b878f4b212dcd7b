namespace Parley.Redaction.Numbers;

/// <summary>Rows of numbers that stay unless the words beside them say otherwise.</summary>
internal static class NumberForms
{
    private const int ShortestCount = 5;

    /// <summary>Returns whether a run is years, as "2019, 2020" or "nineteen ninety, nineteen ninety-one".</summary>
    public static bool IsYears(NumberRun run)
    {
        if (run.Count % 4 != 0 || run.Lengths.Any(length => length is not (2 or 4))) return false;
        for (var at = 0; at < run.Count; at += 4)
        {
            if (run.Digits.AsSpan(at, 2) is not ("19" or "20" or "18")) return false;
        }

        return true;
    }

    /// <summary>Returns whether somebody counts: each number is one more, or one less, than the one before.</summary>
    public static bool IsCounting(NumberRun run)
    {
        long? before = null;
        long step = 0;
        var count = 0;
        foreach (var item in run.Items)
        {
            if (item.Length > 9) return false;
            var value = long.Parse(item, System.Globalization.CultureInfo.InvariantCulture);
            if (before is { } last)
            {
                // In French "dix neuf huit" begins with 10 and 9, not with 19.
                if (count == 1 && last is >= 17 and <= 19) last %= 10;
                if (step == 0) step = value - last;
                if (step is not (1 or -1) || value - last != step) return false;
            }

            before = value;
            count++;
        }

        return count >= ShortestCount;
    }

    /// <summary>Returns whether a run is one number in groups of thousands: "1 500 000 000".</summary>
    /// <param name="run">The run.</param>
    /// <param name="mostFirst">The maximum number of digits of the first group. With three it may as well be a phone number.</param>
    public static bool IsThousands(NumberRun run, int mostFirst)
    {
        var lengths = run.Lengths.ToList();
        return lengths.Count > 2 && run.Digits[0] != '0' && lengths[0] <= mostFirst && lengths.Skip(1).All(length => length == 3);
    }
}
