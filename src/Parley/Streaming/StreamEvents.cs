using System.Collections;

namespace Parley.Streaming;

/// <summary>What one call of a session had to say, in order. A struct: one final and one partial, the usual case, need no list.</summary>
public readonly struct StreamEvents : IReadOnlyList<StreamEvent>, IEquatable<StreamEvents>
{
    private readonly StreamSegment? _final;
    private readonly StreamSegment? _partial;
    private readonly long _firstId;
    private readonly string? _streamId;
    private readonly StreamEvent[]? _more;

    internal StreamEvents(StreamSegment? final, StreamSegment? partial, long firstId, string? streamId)
    {
        _final = final;
        _partial = partial;
        _firstId = firstId;
        _streamId = streamId;
    }

    internal StreamEvents(StreamEvent[] events) => _more = events;

    /// <inheritdoc/>
    public int Count => _more?.Length ?? (_final is null ? 0 : 1) + (_partial is null ? 0 : 1);

    /// <inheritdoc/>
    public StreamEvent this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            if (_more is not null) return _more[index];

            var id = _firstId == 0 ? 0 : _firstId + index;
            return index == 0 && _final is not null
                ? new(StreamEventType.FinalSegment, _final, id, _streamId)
                : new(StreamEventType.PartialSegment, _partial!, id, _streamId);
        }
    }

    /// <summary>Walks the events without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<StreamEvent> IEnumerable<StreamEvent>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(StreamEvents other) => this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamEvents other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, this[Count - 1]);

    /// <summary>Whether both hold the same events.</summary>
    public static bool operator ==(StreamEvents left, StreamEvents right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(StreamEvents left, StreamEvents right) => !left.Equals(right);

    /// <summary>Walks the events of one call.</summary>
    public struct Enumerator : IEnumerator<StreamEvent>
    {
        private readonly StreamEvents _events;
        private readonly int _count;
        private int _index;

        internal Enumerator(StreamEvents events)
        {
            _events = events;
            _count = events.Count;
            _index = -1;
        }

        /// <inheritdoc/>
        public readonly StreamEvent Current => _events[_index];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_index < _count;

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
