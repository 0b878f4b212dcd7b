using Microsoft.Extensions.Options;
using Parley.AspNetCore.Security;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// How many streams each client has open. A stream counts from its beginning to its end or erasure, also while it is not in memory; after a restart
/// those that had not ended count again.
/// </summary>
internal sealed class StreamLimits(IOptions<LimitOptions> options)
{
    // A stream ends when its people have finished talking: nobody can say when that is.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How many streams are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _owners.Count;
        }
    }

    /// <summary>Makes room for a stream before it is begun; null if there was some, or the stream has its place already.</summary>
    /// <param name="caller">Who begins it.</param>
    /// <param name="key">The stream.</param>
    /// <param name="isNew">Whether it got a place now.</param>
    public TooMany? TryOpen(Caller caller, string key, out bool isNew)
    {
        lock (_gate)
        {
            isNew = false;
            if (_owners.ContainsKey(key)) return null;
            if (!caller.IsLocal && Refusal(caller) is { } refusal) return refusal;
            Add(caller.Client, key);
            isNew = true;
            return null;
        }
    }

    /// <summary>A stream that has not ended was found in the log.</summary>
    /// <param name="client">Whose it is; null where that is not known, and it counts for the server only.</param>
    /// <param name="key">The stream.</param>
    public void Found(string? client, string key)
    {
        lock (_gate)
        {
            if (!_owners.ContainsKey(key)) Add(client ?? "", key);
        }
    }

    /// <summary>A stream has ended, was erased, or was not begun after all.</summary>
    public void Closed(string key)
    {
        lock (_gate)
        {
            if (!_owners.Remove(key, out var client)) return;
            if (_counts[client] == 1) _counts.Remove(client);
            else _counts[client]--;
        }
    }

    private void Add(string client, string key)
    {
        _owners.Add(key, client);
        _counts[client] = _counts.GetValueOrDefault(client) + 1;
    }

    private TooMany? Refusal(Caller caller)
    {
        var limits = options.Value;
        return _owners.Count >= limits.Streams ? new("The server has as many open streams as it takes.", RetryAfter)
            : _counts.GetValueOrDefault(caller.Client) >= limits.StreamsPerClient
                ? new($"This client has {limits.StreamsPerClient} open streams, and may have no more. End one, or try later.", RetryAfter)
                : null;
    }
}
