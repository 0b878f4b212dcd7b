namespace Parley.AspNetCore;

/// <summary>
/// What one stream may use of the model, from the section <c>Parley:Model</c>. A call sets aside what it may use at most; what would go beyond is not asked, and
/// what was said is quoted instead. It is counted in memory: after a restart a stream may use as much again.
/// </summary>
public sealed class ModelOptions
{
    /// <summary>Calls, also those that fail; from 0 to 1,000,000,000. Default null: no limit.</summary>
    public long? CallsPerStream { get; set; }

    /// <summary>Tokens in and out together, from 0 to 1,000,000,000,000. Default null: no limit.</summary>
    public long? TokensPerStream { get; set; }

    /// <summary>Cost, in the currency of the prices, from 0 to 1,000,000; needs one of the prices. Default null: no limit.</summary>
    public decimal? CostPerStream { get; set; }

    /// <summary>The price of a million tokens in, from 0 to 1,000,000. Default 0.</summary>
    public decimal InputPricePerMillion { get; set; }

    /// <summary>The price of a million tokens out, from 0 to 1,000,000. Default 0.</summary>
    public decimal OutputPricePerMillion { get; set; }
}
