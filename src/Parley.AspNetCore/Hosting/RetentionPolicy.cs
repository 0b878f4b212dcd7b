using Parley.Log;

namespace Parley.AspNetCore.Hosting;

/// <summary>How long the conversations of one tenant, or of all tenants without a time of their own, are kept after their end.</summary>
/// <param name="Tenant">
/// The tenant; null for every tenant that is not in <paramref name="Except"/>, and for conversations without one.
/// </param>
/// <param name="Kept">How long.</param>
/// <param name="Except">The tenants that have a policy of their own.</param>
internal sealed record RetentionPolicy(string? Tenant, TimeSpan Kept, IReadOnlySet<string> Except)
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromHours(24);

    /// <summary>
    /// Gets how long before it is erased a conversation is marked: 24 hours, or half of the time that it is kept if that is less.
    /// </summary>
    public TimeSpan Notice => Kept / 2 < LongestNotice ? Kept / 2 : LongestNotice;

    /// <summary>Returns the policies that the settings ask for; none where everything is kept.</summary>
    public static IReadOnlyList<RetentionPolicy> Of(ParleyOptions options)
    {
        var tenants = options.RetentionDaysByTenant;
        HashSet<string> named = [.. tenants.Keys];
        var own = tenants.Select(tenant => new RetentionPolicy(tenant.Key, TimeSpan.FromDays(tenant.Value), named));
        return options.RetentionDays is { } days ? [new(null, TimeSpan.FromDays(days), named), .. own] : [.. own];
    }

    /// <summary>Returns whether a conversation falls under this policy.</summary>
    /// <param name="stream">Its name in the log.</param>
    public bool Covers(string stream) =>
        StreamKey.TenantOf(stream) is { } tenant && Except.Contains(tenant) ? tenant == Tenant : Tenant is null;
}
