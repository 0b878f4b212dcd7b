using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Parley.Protocol;

/// <summary>Names of segments within a stream: <c>seg-0</c>, <c>seg-1</c> and so on.</summary>
public static class SegmentId
{
    private const string Prefix = "seg-";

    /// <summary>The name of the segment with this number, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static string From(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");
    }

    /// <summary>Whether this names a segment: only the digits 0 to 9 count as digits.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value) => TryParse(value, out _);

    /// <summary>The number of a name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out long number)
    {
        number = -1;
        return value is not null
            && value.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(value.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number of a name.</summary>
    /// <exception cref="FormatException">It is not the name of a segment.</exception>
    public static long Parse(string value) =>
        TryParse(value, out var number) ? number : throw new FormatException("A segment id is seg- and a number, such as seg-12.");
}
