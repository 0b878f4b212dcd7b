using Microsoft.Extensions.Options;

namespace Parley.AspNetCore;

/// <summary>Stops a server whose budget of the model is none, and says why.</summary>
internal sealed class ModelOptionsValidator : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var ranges = new SettingRanges("Parley:Model");
        ranges.CheckIfSet(options.CallsPerStream, 0L, 1_000_000_000L);
        ranges.CheckIfSet(options.TokensPerStream, 0L, 1_000_000_000_000L);
        ranges.CheckIfSet(options.CostPerStream, 0m, 1_000_000m);
        ranges.Check(options.InputPricePerMillion, 0m, 1_000_000m);
        ranges.Check(options.OutputPricePerMillion, 0m, 1_000_000m);
        ranges.Require(
            options.CostPerStream is null || options.InputPricePerMillion > 0 || options.OutputPricePerMillion > 0,
            "needs a price: InputPricePerMillion, OutputPricePerMillion or both.",
            nameof(options.CostPerStream));
        return ranges.Result;
    }
}
