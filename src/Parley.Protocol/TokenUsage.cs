namespace Parley.Protocol;

/// <summary>What calls of a model took.</summary>
/// <param name="Calls">The number of calls, including failed ones.</param>
/// <param name="InputTokens">The number of input tokens.</param>
/// <param name="OutputTokens">The number of output tokens, including those of reasoning.</param>
/// <param name="CountedBy">One of <see cref="TokenCounts"/>; of several calls the least exact one.</param>
public sealed record TokenUsage(long Calls, long InputTokens, long OutputTokens, string CountedBy)
{
    /// <summary>Gets the name of the model; null if it is unknown, or for several models.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Gets the cost, by the prices that the server had at the time; null if it has no price for a call, or for several currencies.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>Gets the currency of the cost, an ISO 4217 code; null if the server's settings name none.</summary>
    public string? Currency { get; init; }

    /// <summary>Returns the sum of two usages.</summary>
    /// <param name="other">The other usage; null for nothing.</param>
    public TokenUsage Plus(TokenUsage? other)
    {
        if (other is null) return this;
        var cost = Currency == other.Currency ? Cost + other.Cost : null;
        return new(Calls + other.Calls, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens, TokenCounts.LessExact(CountedBy, other.CountedBy))
        {
            Model = Model == other.Model ? Model : null,
            Cost = cost,
            Currency = cost is null ? null : Currency,
        };
    }

    /// <summary>Returns the sum of two usages; null if there is none.</summary>
    /// <param name="one">A usage; null for nothing.</param>
    /// <param name="other">Another usage; null for nothing.</param>
    internal static TokenUsage? Sum(TokenUsage? one, TokenUsage? other) => one?.Plus(other) ?? other;

    /// <summary>Divides a batch's usage among its items. The first has what is left over, so that the sum of the parts is the whole.</summary>
    /// <param name="parts">The number of items, at least 1.</param>
    internal IReadOnlyList<TokenUsage> Divide(int parts)
    {
        var (calls, input, output, cost) = (Calls / parts, InputTokens / parts, OutputTokens / parts, Cost is { } all ? decimal.Round(all / parts, 12) : (decimal?)null);
        var part = this with { Calls = calls, InputTokens = input, OutputTokens = output, Cost = cost };
        var others = parts - 1;
        var first = this with
        {
            Calls = Calls - (calls * others),
            InputTokens = InputTokens - (input * others),
            OutputTokens = OutputTokens - (output * others),
            Cost = Cost - (cost * others),
        };
        return [first, .. Enumerable.Repeat(part, others)];
    }
}

/// <summary>How tokens were counted.</summary>
public static class TokenCounts
{
    /// <summary>By the model's server.</summary>
    public const string Server = "server";

    /// <summary>With the tokenizer of the model.</summary>
    public const string Tokenizer = "tokenizer";

    /// <summary>By an estimate that knows no model.</summary>
    public const string Estimate = "estimate";

    internal static string LessExact(string one, string other) =>
        one == Server ? other
        : other == Server ? one
        : one == Tokenizer ? other
        : one;
}
