using PhoneNumbers;

namespace Parley.Redaction;

/// <summary>The regions whose numbering plans are known.</summary>
public static class PhoneRegion
{
    /// <summary>Reads ISO 3166-1 codes that are parted by commas, such as "GB, DE".</summary>
    /// <param name="text">The codes.</param>
    /// <exception cref="ArgumentException">The text has no code, or one of a region that has no phone numbers; the message names it.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] regions = text.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (regions.Length == 0) throw new ArgumentException("There is no region: give ISO 3166-1 codes, such as GB,DE.");
        foreach (var region in regions) Check(region);
        return regions;
    }

    internal static void Check(string region)
    {
        if (!PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(region))
            throw new ArgumentException($"\"{region}\" is not a region with phone numbers: give an ISO 3166-1 code, such as GB.");
    }
}
