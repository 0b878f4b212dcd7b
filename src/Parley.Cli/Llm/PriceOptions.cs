using System.CommandLine;
using System.Globalization;
using Parley.Work;

namespace Parley.Cli.Llm;

/// <summary><c>--input-price</c>, <c>--output-price</c> and <c>--currency</c>: what the model costs.</summary>
internal sealed class PriceOptions
{
    private const decimal Highest = 1_000_000;

    public Option<decimal?> Input { get; } = Price("--input-price", "input");

    public Option<decimal?> Output { get; } = Price("--output-price", "output");

    public Option<string?> Currency { get; } = new("--currency")
    {
        Description = "Currency of the prices, such as EUR.",
        HelpName = "CODE",
    };

    /// <summary>Returns the prices; null if none is given.</summary>
    /// <exception cref="CommandException">The currency is not valid, or is given without a price.</exception>
    public ModelPrices? Read(ParseResult result)
    {
        var (input, output, currency) = (result.GetValue(Input), result.GetValue(Output), result.GetValue(Currency));
        if (currency is not null && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)))
            throw new CommandException($"--currency must be a code of three capital letters, such as EUR, not '{currency}'.");
        if (input is not null || output is not null)
            return new ModelPrices { Currency = currency, Default = new ModelPrice(input ?? 0, output ?? 0) };
        return currency is null ? null : throw new CommandException("--currency needs --input-price or --output-price.");
    }

    private static Option<decimal?> Price(string name, string tokens) => new(name)
    {
        Description = $"Price of a million {tokens} tokens: the report has the cost.",
        HelpName = "PRICE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price);
            if (isNumber && price <= Highest) return price;
            result.AddError($"{name} must be from 0 to 1000000, not '{text}'.");
            return null;
        },
    };
}
