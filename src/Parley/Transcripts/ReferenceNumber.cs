using System.Globalization;

namespace Parley.Transcripts;

/// <summary>
/// Writes numbers with a fraction as Python does: the shortest digits that read back as the same number, a decimal point also where
/// there is no fraction, and an exponent only below 1e-4 and from 1e16 on.
/// </summary>
internal static class ReferenceNumber
{
    /// <summary>Returns the text of a finite number, such as <c>0.5</c>, <c>2.0</c>, <c>1e-05</c> or <c>1e+16</c>.</summary>
    public static string TextOf(double number)
    {
        if (number == 0) return double.IsNegative(number) ? "-0.0" : "0.0";
        var (digits, exponent) = Shortest(Math.Abs(number));
        return (number < 0 ? "-" : "") + (exponent is >= -4 and < 16 ? Plain(digits, exponent) : Scientific(digits, exponent));
    }

    // From where .NET writes an exponent depends on its version.
    private static (string Digits, int Exponent) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var mantissa = text.Split('E')[0];
        var exponent = mantissa.Length < text.Length ? int.Parse(text.AsSpan(mantissa.Length + 1), CultureInfo.InvariantCulture) : 0;
        var whole = mantissa.Split('.')[0];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), exponent + whole.Length - (digits.Length - significant.Length) - 1);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        digits = digits.PadRight(exponent + 2, '0');
        return $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static string Scientific(string digits, int exponent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
}
