using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Settings;

/// <summary>Checks the prices of models.</summary>
internal sealed class PriceRules : IValidateOptions<ModelOptions>
{
    private const string Section = "Parley:Model";

    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(ModelOptions options)
    {
        if (options.Currency is { } currency && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)))
            yield return $"{Section}:Currency must be an ISO 4217 code of three capital letters, such as EUR; it is {currency}.";
        for (var i = 0; i < options.Prices.Count; i++)
        {
            var (price, key) = (options.Prices[i], $"{Section}:Prices:{i}");
            if (string.IsNullOrWhiteSpace(price.Model)) yield return $"{key}:Model is required: the name of the model.";
            if (IsOutside(price.InputPerMillion)) yield return $"{key}:InputPerMillion must be from 0 to 1000000; it is {price.InputPerMillion}.";
            if (IsOutside(price.OutputPerMillion)) yield return $"{key}:OutputPerMillion must be from 0 to 1000000; it is {price.OutputPerMillion}.";
        }

        foreach (var twice in options.Prices.CountBy(price => price.Model).Where(model => model.Value > 1))
            yield return $"{Section}:Prices must have each model once; {twice.Key} comes {twice.Value} times.";
    }

    private static bool IsOutside(decimal price) => price is < 0 or > ModelPriceOptions.Highest;
}
