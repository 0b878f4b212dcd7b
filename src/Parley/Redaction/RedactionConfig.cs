namespace Parley.Redaction;

/// <summary>What must not be stored or sent on. By default everything that is known here.</summary>
public sealed record RedactionConfig
{
    /// <summary>
    /// Payment cards: 13 to 19 digits that pass the Luhn check, not starting with 0 or 1; nine or more digits that the speaker calls a card;
    /// and a card's security code or a PIN that is called so. Default true.
    /// </summary>
    public bool Cards { get; init; } = true;

    /// <summary>
    /// E-mail addresses, written or spoken ("ana dot smith at example dot com"). "look at example.com" looks the same and goes too. Default true.
    /// </summary>
    public bool Emails { get; init; } = true;

    /// <summary>
    /// Phone numbers: nine digits or more, seven after a plus or where the words beside them say so, however they are grouped. And social
    /// security, tax, passport and identity card numbers that are called so, which are as long. Default true.
    /// </summary>
    /// <remarks>
    /// In speech a number that long is nearly always a phone number. Numbers that are known to be something else stay: dates, times,
    /// decimals, amounts, versions, IP addresses, years, counting, and what the words beside them call an order, an invoice, a part, a
    /// population and the like.
    /// </remarks>
    public bool Phones { get; init; } = true;

    /// <summary>
    /// Gets the regions whose numbering plans decide where words and form do not tell a phone number from another number, as ISO 3166-1
    /// codes. Default: US, GB, DE, FR, ES.
    /// </summary>
    /// <exception cref="ArgumentException">A region is not known.</exception>
    public IReadOnlyList<string> PhoneRegions
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var region in value) PhoneRegion.Check(region);
            field = value;
        }
    } = ["US", "GB", "DE", "FR", "ES"];

    /// <summary>
    /// Bank accounts: IBANs, by a country's length and modulo 97 as ISO 13616 says; account and routing numbers and sort codes that are
    /// called so, five digits or more. Default true.
    /// </summary>
    public bool Ibans { get; init; } = true;

    /// <summary>Patterns of one's own. Default none.</summary>
    public IReadOnlyList<RedactionPattern> Patterns { get; init; } = [];

    /// <summary>What may stand at the border of two chunks. Default <see cref="ChunkBorders.Anywhere"/>.</summary>
    public ChunkBorders Borders { get; init; } = ChunkBorders.Anywhere;
}
