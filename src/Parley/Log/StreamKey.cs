using System.Buffers;

namespace Parley.Log;

/// <summary>
/// What the log calls a stream: its id, behind its tenant where there are tenants. Whoever can only say an id cannot name another tenant's stream.
/// </summary>
public static class StreamKey
{
    /// <summary>The most letters of a tenant's name.</summary>
    public const int MaxTenantLength = 64;

    private const char Separator = '/';

    private static readonly SearchValues<char> TenantLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>Whether a tenant may be called this: 1 to <see cref="MaxTenantLength"/> letters, digits, hyphens, underscores and dots.</summary>
    public static bool IsTenant(string tenant) => tenant.Length is > 0 and <= MaxTenantLength && !tenant.AsSpan().ContainsAnyExcept(TenantLetters);

    /// <summary>The key of a tenant's stream.</summary>
    /// <param name="tenant">The tenant; null where there are none.</param>
    /// <param name="streamId">The stream's id, unique within the tenant.</param>
    /// <exception cref="ArgumentException">The tenant's name has a letter that names do not have.</exception>
    public static string Of(string? tenant, string streamId) =>
        tenant is null ? streamId
        : IsTenant(tenant) ? $"{tenant}{Separator}{streamId}"
        : throw new ArgumentException("A tenant's name is 1 to 64 letters, digits, hyphens, underscores and dots.", nameof(tenant));

    /// <summary>The tenant in a key; null where there is none.</summary>
    public static string? TenantOf(string key) => key.IndexOf(Separator) is >= 0 and var end ? key[..end] : null;

    /// <summary>The stream's id in a key: what clients call it.</summary>
    public static string IdOf(string key) => key[(key.IndexOf(Separator) + 1)..];
}
