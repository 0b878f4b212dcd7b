namespace Parley.AspNetCore.Limits;

/// <summary>There is too much of something already: RATE_LIMITED.</summary>
/// <param name="Message">What there is too much of.</param>
/// <param name="RetryAfter">When it is worth trying again.</param>
internal sealed record TooMany(string Message, TimeSpan RetryAfter)
{
    /// <summary>The same in whole seconds, at least one: what <c>Retry-After</c> and <c>retry_after_sec</c> say.</summary>
    public int RetryAfterSec => Math.Max(1, (int)Math.Ceiling(RetryAfter.TotalSeconds));
}
