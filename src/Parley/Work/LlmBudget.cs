using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Parley.Protocol;

namespace Parley.Work;

/// <summary>What one stream may use of a model. Null is no limit.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is negative; thrown where it is set.</exception>
public sealed record LlmLimits
{
    /// <summary>Calls, also those that fail. Default null.</summary>
    public long? MaxCalls { get; init => field = NotNegative(value); }

    /// <summary>Tokens in and out together. Default null.</summary>
    public long? MaxTokens { get; init => field = NotNegative(value); }

    /// <summary>Cost, in the currency of the prices. Default null.</summary>
    public decimal? MaxCost { get; init => field = NotNegative(value); }

    /// <summary>The price of a million tokens in. Default 0.</summary>
    public decimal InputPricePerMillion { get; init => field = NotNegative<decimal>(value)!.Value; }

    /// <summary>The price of a million tokens out. Default 0.</summary>
    public decimal OutputPricePerMillion { get; init => field = NotNegative<decimal>(value)!.Value; }

    /// <summary>Gets whether there is a limit.</summary>
    internal bool HasAny => MaxCalls is not null || MaxTokens is not null || MaxCost is not null;

    private static T? NotNegative<T>(T? value, [CallerMemberName] string name = "")
        where T : struct, IComparable<T> =>
        value is { } given && given.CompareTo(default) < 0 ? throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more.") : value;
}

/// <summary>What a stream has used of a model.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="InputTokens">Tokens in.</param>
/// <param name="OutputTokens">Tokens out.</param>
/// <param name="Cost">What they cost, by the prices of the limits.</param>
public readonly record struct LlmUsage(long Calls, long InputTokens, long OutputTokens, decimal Cost)
{
    internal LlmUsage Plus(LlmUsage more, LlmUsage less = default) => new(
        Calls + more.Calls - less.Calls,
        InputTokens + more.InputTokens - less.InputTokens,
        OutputTokens + more.OutputTokens - less.OutputTokens,
        Cost + more.Cost - less.Cost);
}

/// <summary>Keeps each stream within its limits. A call sets aside what it may use at most, so that calls at the same time cannot overrun them.</summary>
/// <remarks>
/// <see cref="ConversationWork"/> stores what a stream has used with each outcome, and restores it when the stream is opened again: what a
/// process that was killed had underway is not counted.
/// It has the budget forget a stream that has ended and has no work left, or was erased.
/// </remarks>
/// <param name="limits">The limits; null is none.</param>
/// <param name="prices">The prices of models; null is those of the limits, where there are any.</param>
public sealed class LlmBudget(LlmLimits? limits = null, ModelPrices? prices = null)
{
    private readonly LlmLimits _limits = limits ?? new LlmLimits();
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    /// <summary>Gets the prices of models.</summary>
    public ModelPrices Prices { get; } = prices ?? PricesOf(limits);

    /// <summary>Gets whether streams have limits.</summary>
    internal bool IsLimited => _limits.HasAny;

    /// <summary>What a stream has used, with what is set aside for calls underway.</summary>
    public LlmUsage UsageOf(string streamId) => _accounts.GetValueOrDefault(streamId).Sum;

    /// <summary>Forgets a stream: what it uses from now on counts from nothing.</summary>
    public void Forget(string streamId) => _accounts.TryRemove(streamId, out _);

    /// <summary>Counts what a stream has used before, where nothing is known of it yet.</summary>
    internal void Restore(string streamId, ModelUsage usage) =>
        _accounts.TryAdd(streamId, new(new(usage.Calls, usage.InputTokens, usage.OutputTokens, usage.Cost), Reserved: default));

    /// <summary>
    /// Returns what a stream has used, without calls underway, to be stored; null if it has used nothing, or there are no limits.
    /// </summary>
    internal ModelUsage? ToStore(string streamId)
    {
        if (!IsLimited || !_accounts.TryGetValue(streamId, out var account) || account.Used is not { Calls: > 0 } used) return null;
        return new(used.Calls, used.InputTokens, used.OutputTokens, used.Cost);
    }

    /// <summary>Sets aside what a call may use at most; false if the stream's limits do not allow it.</summary>
    internal bool TryReserve(string streamId, LlmUsage most)
    {
        while (true)
        {
            var before = _accounts.GetOrAdd(streamId, default(Account));
            var after = before with { Reserved = before.Reserved.Plus(most) };
            if (IsBeyond(after.Sum)) return false;
            if (_accounts.TryUpdate(streamId, after, before)) return true;
        }
    }

    /// <summary>Puts what a call used in place of what was set aside for it.</summary>
    internal void Settle(string streamId, LlmUsage most, LlmUsage used)
    {
        while (_accounts.TryGetValue(streamId, out var before))
        {
            var after = new Account(before.Used.Plus(used), before.Reserved.Plus(default, most));
            if (_accounts.TryUpdate(streamId, after, before)) return;
        }
    }

    private bool IsBeyond(LlmUsage usage) =>
        usage.Calls > _limits.MaxCalls || usage.InputTokens + usage.OutputTokens > _limits.MaxTokens || usage.Cost > _limits.MaxCost;

    private static ModelPrices PricesOf(LlmLimits? limits) => limits is { InputPricePerMillion: > 0 } or { OutputPricePerMillion: > 0 }
        ? new ModelPrices { Default = new ModelPrice(limits.InputPricePerMillion, limits.OutputPricePerMillion) }
        : new ModelPrices();

    // What a stream has used, and what is set aside for its calls underway.
    private readonly record struct Account(LlmUsage Used, LlmUsage Reserved)
    {
        public LlmUsage Sum => Used.Plus(Reserved);
    }
}
