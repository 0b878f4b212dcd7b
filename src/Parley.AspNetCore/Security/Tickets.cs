using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Parley.AspNetCore.Limits;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Short-lived tickets for the events of one stream. A browser's <c>EventSource</c> can set no header, and a key does not belong in an
/// address; a ticket in an address is worth nothing a minute later. Kept in memory.
/// </summary>
internal sealed class Tickets(TimeProvider clock)
{
    /// <summary>How long a ticket opens connections.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // Of one client, as many as it may have connections by default; of all, as many as the server may have.
    private const int PerClient = 100;
    private const int Capacity = 10_000;
    private const int Bytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Ticket> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    // The oldest first: all last equally long.
    private readonly Queue<Ticket> _byAge = new();

    /// <summary>Issues a ticket.</summary>
    /// <param name="caller">Whose it is: the events are followed as if this client had asked for them.</param>
    /// <param name="key">The stream.</param>
    /// <param name="ticket">The ticket; null where there are too many.</param>
    /// <returns>Why there is none; null if there is one.</returns>
    public TooMany? TryIssue(Caller caller, string key, [NotNullWhen(false)] out Ticket? ticket)
    {
        ticket = null;
        lock (_gate)
        {
            Sweep();
            if (_byAge.Count >= Capacity || _counts.GetValueOrDefault(caller.Client) >= PerClient)
                return new("There are as many unexpired tickets as there may be.", _byAge.Peek().Expires - clock.GetUtcNow());
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
            ticket = new Ticket(token, key, caller, clock.GetUtcNow() + Lifetime);
            _tickets.Add(token, ticket);
            _byAge.Enqueue(ticket);
            _counts[caller.Client] = _counts.GetValueOrDefault(caller.Client) + 1;
            return null;
        }
    }

    /// <summary>Returns the ticket; null where there is none that counts now.</summary>
    public Ticket? Find(string? token)
    {
        if (token is null) return null;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            return _tickets.TryGetValue(token, out var ticket) && ticket.Expires > now && (ticket.Caller.Expires ?? now + Lifetime) > now
                ? ticket
                : null;
        }
    }

    private void Sweep()
    {
        while (_byAge.TryPeek(out var oldest) && oldest.Expires <= clock.GetUtcNow())
        {
            _byAge.Dequeue();
            _tickets.Remove(oldest.Token);
            if (_counts[oldest.Caller.Client] == 1) _counts.Remove(oldest.Caller.Client);
            else _counts[oldest.Caller.Client]--;
        }
    }
}

/// <summary>Opens the events of one stream for a short time.</summary>
/// <param name="Token">What the address has.</param>
/// <param name="Key">The stream.</param>
/// <param name="Caller">Whose it is.</param>
/// <param name="Expires">When it stops opening connections. One that is open stays open.</param>
internal sealed record Ticket(string Token, string Key, Caller Caller, DateTimeOffset Expires);

/// <summary>Marks an endpoint that takes a ticket in its address where a request has no other credentials.</summary>
internal sealed class TakesTickets;
