namespace Parley.AspNetCore;

/// <summary>The price of a model, from the list <c>Parley:Model:Prices</c>.</summary>
public sealed class ModelPriceOptions
{
    /// <summary>The highest price.</summary>
    internal const decimal Highest = 1_000_000;

    /// <summary>Gets or sets the model's name: the one it is asked under, or the one its server reports. Required.</summary>
    public string Model { get; set; } = "";

    /// <summary>Gets or sets the price of a million input tokens, from 0 to 1,000,000. Default: 0.</summary>
    public decimal InputPerMillion { get; set; }

    /// <summary>Gets or sets the price of a million output tokens, from 0 to 1,000,000. Default: 0.</summary>
    public decimal OutputPerMillion { get; set; }
}
