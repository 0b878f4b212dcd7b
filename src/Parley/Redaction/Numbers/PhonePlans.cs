using PhoneNumbers;

namespace Parley.Redaction.Numbers;

/// <summary>The numbering plans of some regions: which numbers are phone numbers there.</summary>
/// <param name="regions">Their ISO 3166-1 codes.</param>
internal sealed class PhonePlans(IReadOnlyList<string> regions)
{
    // ITU-T E.164: the longest number; and two digits in front of it to dial abroad.
    private const int Longest = 17;

    /// <summary>Returns whether digits are a phone number of one of the regions, as people dial it there.</summary>
    public bool Have(string digits)
    {
        if (digits.Length > Longest) return false;
        foreach (var region in regions)
        {
            if (IsNumber(digits, region)) return true;
        }

        return false;
    }

    private static bool IsNumber(string digits, string region)
    {
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            return phones.IsValidNumberForRegion(phones.Parse(digits, region), region);
        }
        catch (NumberParseException)
        {
            // It is too short, or too long, to be one.
            return false;
        }
    }
}
