using System.Text.Json.Serialization;

namespace Parley.AspNetCore.Hosting;

/// <summary>A notice that conversations will be erased.</summary>
/// <param name="Tenant">The tenant of the policy; null for the one of all others.</param>
/// <param name="Days">How long the policy kept conversations then: a mark does not hold for a policy that has changed since.</param>
/// <param name="MarkedAt">When the notice was given.</param>
/// <param name="EndedBefore">It is for the conversations that ended before this time.</param>
/// <param name="Except">
/// The tenants that had a policy of their own then, of the policy of all others: one that has none any more was given no notice.
/// </param>
internal sealed record RetentionMark(
    string? Tenant, double Days, DateTimeOffset MarkedAt, DateTimeOffset EndedBefore, IReadOnlyList<string>? Except = null)
{
    /// <summary>Returns whether the mark was made by a policy as it is now, and not in the future.</summary>
    public bool HoldsFor(RetentionPolicy policy, DateTimeOffset now) =>
        Tenant == policy.Tenant && Days.Equals(policy.Kept.TotalDays) && MarkedAt <= now
        && (policy.Tenant is not null || policy.Except.SetEquals(Except ?? []));
}

/// <summary>What retention has to know after a restart.</summary>
/// <param name="Marks">The notices that were given, oldest first.</param>
/// <param name="Hold">Why nothing was erased; null where the clock was believed.</param>
/// <param name="Trusted">
/// The newest time that is known to be right, to the hour; null in a file of a version that went by the newest fact.
/// </param>
internal sealed record RetentionState(IReadOnlyList<RetentionMark> Marks, ClockDoubt? Hold, DateTimeOffset? Trusted = null)
{
    public static RetentionState None { get; } = new([], null);
}

/// <summary>A clock that is further ahead of what is stored than it should be.</summary>
/// <param name="Known">The newest time that is known to be right.</param>
/// <param name="Clock">What the clock said.</param>
internal sealed record ClockDoubt(DateTimeOffset Known, DateTimeOffset Clock);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RetentionState))]
internal sealed partial class RetentionJson : JsonSerializerContext;
