using System.Globalization;

namespace Parley.Context;

/// <summary>Numbers as C's <c>%.1f</c> writes them: rounded on the exact binary value, ties to even.</summary>
internal static class FixedPoint
{
    public static string Format(double value, int decimals)
    {
        var format = decimals switch { 0 => "F0", 1 => "F1", 2 => "F2", _ => throw new ArgumentOutOfRangeException(nameof(decimals)) };

        // .NET rounds ties away from zero. A double lies between two neighbours with d decimals only if it is odd / 2^(d+1);
        // that is exact as a decimal, which can round to even.
        double halves = 1 << (decimals + 1);
        var scaled = value * halves;
        return Math.Abs(scaled) < 1e15 && double.IsOddInteger(scaled)
            ? Math.Round((decimal)scaled / (decimal)halves, decimals, MidpointRounding.ToEven).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);
    }
}
