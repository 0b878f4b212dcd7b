using Parley.AspNetCore.Settings;
using Parley.Work;

namespace Parley.AspNetCore;

/// <summary>
/// The model, and the budget that one stream has of it, from the section <c>Parley:Model</c>. A call reserves the most that it may use; a call that
/// would exceed the budget is not made, and the server quotes what was said instead. What was used is stored with
/// each outcome, so that a budget survives a restart.
/// </summary>
[SettingsSection("Parley:Model")]
public sealed class ModelOptions : ModelSettings
{
    /// <summary>Creates the options with their defaults.</summary>
    public ModelOptions()
    {
        var builtIn = new ModelCallOptions();
        Temperature = builtIn.Temperature;
        OutputTokens = builtIn.MaxOutputTokens;
        LargerOutputTokens = builtIn.LargerOutputTokens;
    }

    /// <summary>
    /// Gets or sets whether the model is asked for a word at the start, and what follows if it does not answer. Default:
    /// <see cref="ModelStartCheck.Warn"/>.
    /// </summary>
    public ModelStartCheck StartCheck { get; set; } = ModelStartCheck.Warn;

    /// <summary>Gets the names of the models that a client may choose for its conversation. Default: empty, none.</summary>
    public List<string> AllowedModels { get; } = [];

    /// <summary>Gets or sets the maximum number of calls, including failed ones. Default: null, no limit.</summary>
    [SettingRange(0, 1_000_000_000)]
    public long? CallsPerStream { get; set; }

    /// <summary>Gets or sets the maximum number of tokens, in and out together. Default: null, no limit.</summary>
    [SettingRange(0, 1e12)]
    public long? TokensPerStream { get; set; }

    /// <summary>Gets or sets the maximum cost, in the currency of the prices; requires one of them. Default: null, no limit.</summary>
    [SettingRange(0, 1_000_000)]
    public decimal? CostPerStream { get; set; }

    /// <summary>
    /// Gets or sets the price of a million input tokens of models that are not in <see cref="Prices"/>. Default: 0. If both prices are 0,
    /// such models have no price, and no cost is shown.
    /// </summary>
    [SettingRange(0, 1_000_000)]
    public decimal InputPricePerMillion { get; set; }

    /// <summary>Gets or sets the price of a million output tokens of models that are not in <see cref="Prices"/>. Default: 0.</summary>
    [SettingRange(0, 1_000_000)]
    public decimal OutputPricePerMillion { get; set; }

    /// <summary>Gets or sets the currency of the prices, an ISO 4217 code such as <c>EUR</c>. Default: null, it is not named.</summary>
    public string? Currency { get; set; }

    /// <summary>Gets the prices of models. Default: none.</summary>
    public IList<ModelPriceOptions> Prices { get; } = [];

    /// <summary>Returns the prices.</summary>
    internal ModelPrices ToPrices() => new()
    {
        Currency = Currency,
        Default = InputPricePerMillion > 0 || OutputPricePerMillion > 0 ? new ModelPrice(InputPricePerMillion, OutputPricePerMillion) : null,
        ByModel = Prices.ToDictionary(price => price.Model, price => new ModelPrice(price.InputPerMillion, price.OutputPerMillion)),
    };
}
