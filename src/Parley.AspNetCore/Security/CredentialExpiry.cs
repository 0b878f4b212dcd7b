namespace Parley.AspNetCore.Security;

/// <summary>Ends a connection when the token it was opened with does.</summary>
internal static class CredentialExpiry
{
    // As far as a timer reaches. A connection that old can resume with the same token.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>Cancelled when the caller's token stops being valid; never for a key.</summary>
    public static CancellationTokenSource Watch(Caller caller, TimeProvider clock)
    {
        if (caller.Expires is not { } end) return new CancellationTokenSource();
        var left = end - clock.GetUtcNow();
        return new CancellationTokenSource(left <= TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, clock);
    }
}
