using Parley.Protocol;

namespace Parley.Work;

/// <summary>
/// Adds up what the calls for one batch of work take, with every attempt at it. A call that has not ended counts with what is known of it.
/// May be used from any thread.
/// </summary>
internal sealed class ModelMeter
{
    private readonly Lock _lock = new();
    private readonly List<TokenUsage> _calls = [];

    /// <summary>Gets the sum of all calls; null if there was none.</summary>
    public TokenUsage? Total
    {
        get
        {
            lock (_lock) return _calls.Count == 0 ? null : _calls.Aggregate((sum, call) => sum.Plus(call));
        }
    }

    /// <summary>Notes a call that begins, and returns its number.</summary>
    /// <param name="usage">What it takes at least.</param>
    public int Begin(TokenUsage usage)
    {
        lock (_lock)
        {
            _calls.Add(usage);
            return _calls.Count - 1;
        }
    }

    /// <summary>Notes what a call took.</summary>
    public void End(int call, TokenUsage usage)
    {
        lock (_lock) _calls[call] = usage;
    }
}
