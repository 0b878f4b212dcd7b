using Parley.Protocol;

namespace Parley.Client;

// What the server says about what was sent.
internal sealed partial class Outbox
{
    private IReadOnlyDictionary<string, long> _expected = new Dictionary<string, long>();

    /// <summary>
    /// A new connection has the session: what the server has is done with, everything else is sent again. A source may be ahead of what the server
    /// expects: of a recogniser's messages it had acknowledged more than a restart keeps, and takes the first one as it comes.
    /// </summary>
    /// <exception cref="ParleyException">The numbers cannot be this client's, or are not safe to use again.</exception>
    public void Resume(IReadOnlyDictionary<string, long> expected)
    {
        lock (_lock)
        {
            foreach (var entry in _sent)
            {
                var source = _sources[entry.Message.Source];
                source.SentElsewhere = Math.Max(source.SentElsewhere, entry.Sequence);
            }

            var all = All().ToList();
            _sent.Clear();
            _unsent.Clear();
            foreach (var entry in all) _unsent.AddLast(entry);
            (_expected, _isEndSent) = (expected, false);
            foreach (var (name, source) in _sources) Resume(name, source, expected.GetValueOrDefault(name, 1));
            Settle();
        }

        Work.Set();
    }

    /// <summary>Nothing up to here can be lost any more. True where that is news.</summary>
    public bool Acknowledge(string name, long sequence)
    {
        lock (_lock)
        {
            if (!_sources.TryGetValue(name, out var source) || sequence <= source.Acknowledged) return false;
            if (sequence >= source.Next) throw Conflict(name);
            source.Acknowledged = sequence;
            // What has its number anew was sent behind all that had theirs before: of these none is on its way any more.
            if (sequence >= source.RenumberedFrom) source.RenumberedFrom = null;
            _sent.RemoveAll(entry => entry.Message.Source == name && entry.Sequence <= sequence);
            Settle();
            return true;
        }
    }

    /// <summary>
    /// One message was refused: it leaves the outbox, and the ones behind it move up, since a refusal does not use its number up. What of these was sent
    /// is ahead of the hole now, and the server refuses it; it is sent again under its new number.
    /// </summary>
    /// <exception cref="ParleyException">A connection that was lost may still deliver a message under a number that would be given anew.</exception>
    public void Refuse(string name, long sequence, string code, string reason)
    {
        lock (_lock)
        {
            var refused = _sent.Find(entry => entry.Message.Source == name && entry.Sequence == sequence);
            if (refused is null) return;
            var source = _sources[name];
            if (source.SentElsewhere > sequence) throw Unsafe(sequence);
            _sent.Remove(refused);
            Tell(new Refusal(refused.Message, code, reason));

            var behind = _sent.FindAll(entry => entry.Message.Source == name && entry.Sequence > sequence);
            _sent.RemoveAll(behind.Contains);
            if (behind.Count > 0) source.RenumberedFrom = sequence;
            foreach (var entry in behind.Concat(_unsent.Where(entry => entry.Message.Source == name))) entry.Sequence--;
            source.Next--;
            for (var i = behind.Count - 1; i >= 0; i--) _unsent.AddFirst(behind[i]);
            source.RefusedAt = sequence;
            Settle();
        }

        Work.Set();
    }

    /// <summary>A message was ahead of a hole. True where that was to be expected: it is sent again already.</summary>
    /// <exception cref="ParleyException">The server wants something again that it had acknowledged.</exception>
    public bool IsKnownGap(string name, long expected)
    {
        lock (_lock)
        {
            if (!_sources.TryGetValue(name, out var source)) return false;
            if (expected <= source.Acknowledged)
                throw new ParleyException(ErrorCodes.SequenceGap, $"The server asks for message {expected} again, which it had acknowledged: it has lost what it took.");
            return source.RefusedAt == expected;
        }
    }

    /// <summary>The conversation has ended. True where the server has all of this, for sure.</summary>
    public bool End()
    {
        lock (_lock)
        {
            // It takes things in order: what was sent before the wish to end was taken before the end.
            if (_isEndSent && _unsent.Count == 0) _sent.Clear();
            Settle();
            return _sent.Count + _unsent.Count == 0;
        }
    }

    private void Resume(string name, OutboxSource source, long expected)
    {
        if (expected > source.Next) throw Conflict(name);
        if (source.RenumberedFrom is { } from && expected <= from) throw Unsafe(from);
        (source.RenumberedFrom, source.RefusedAt) = (null, null);
        source.Acknowledged = Math.Max(source.Acknowledged, expected - 1);
        for (var place = _unsent.First; place is not null;)
        {
            var (entry, next) = (place.Value, place.Next);
            if (entry.Message.Source == name && entry.Sequence < expected) _unsent.Remove(place);
            place = next;
        }
    }

    private void Settle()
    {
        AdmitWaiting();
        SettleFlushes();
    }

    private static ParleyException Conflict(string source) => new(
        ParleyException.SourceConflict,
        $"Somebody else sends to this stream as source '{source}': the server has numbers that this client did not give. Use a source of your own.");

    private static ParleyException Unsafe(long sequence) => new(
        ErrorCodes.InvalidChunk,
        $"The server refused message {sequence}, and a connection was lost with messages behind it on their way: they cannot be numbered anew without the risk of a repeat.");
}
