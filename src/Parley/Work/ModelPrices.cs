using System.Collections.Frozen;

namespace Parley.Work;

/// <summary>The prices of models. A model without a price has no cost.</summary>
public sealed record ModelPrices
{
    /// <summary>Gets the currency of the prices, an ISO 4217 code such as <c>EUR</c>. Default: null, it is not named.</summary>
    public string? Currency { get; init; }

    /// <summary>Gets the price of models that have none of their own. Default: null, they have no price.</summary>
    public ModelPrice? Default { get; init; }

    /// <summary>Gets the prices of models, by the name they are asked under or the name their server reports. Default: none.</summary>
    public IReadOnlyDictionary<string, ModelPrice> ByModel { get; init; } = FrozenDictionary<string, ModelPrice>.Empty;

    /// <summary>Returns the price of a model; null if it has none.</summary>
    /// <param name="requested">The name it is asked under; null for an unknown one.</param>
    /// <param name="reported">The name its server reports; null for an unknown one.</param>
    internal ModelPrice? Find(string? requested, string? reported)
    {
        if (requested is not null && ByModel.TryGetValue(requested, out var price)) return price;
        return reported is not null && ByModel.TryGetValue(reported, out price) ? price : Default;
    }
}

/// <summary>The price of a model.</summary>
/// <param name="InputPerMillion">The price of a million input tokens.</param>
/// <param name="OutputPerMillion">The price of a million output tokens.</param>
public readonly record struct ModelPrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    internal decimal CostOf(long input, long output) => ((input * InputPerMillion) + (output * OutputPerMillion)) / 1_000_000m;
}
