using System.Runtime.InteropServices;

namespace Parley.Log;

/// <summary>Finds the streams of a memory log in their orders: by beginning, due time and end, and by external id. Safe for any number of callers.</summary>
internal sealed class MemoryStreamIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, (StreamHead Head, MemoryStreamLog Log)> _entries = [];
    private readonly Dictionary<(string? Tenant, string? Label, StreamState State), SortedSet<Place>> _lists = [];
    private readonly Dictionary<(string? Tenant, string ExternalId), MemoryStreamLog> _external = [];
    private readonly SortedSet<Place> _due = [];
    private readonly SortedSet<Place> _ended = [];

    /// <summary>Puts a stream in its places, instead of those that it had.</summary>
    /// <exception cref="ExternalIdTakenException">Another stream of the tenant has the external id; nothing has changed.</exception>
    public void Set(MemoryStreamLog log, StreamHead head)
    {
        lock (_lock)
        {
            var tenant = StreamKey.TenantOf(head.Stream);
            if (head.Metadata.ExternalId is { } id && _external.TryGetValue((tenant, id), out var owner) && owner != log)
                throw new ExternalIdTakenException(owner.Stream);
            if (_entries.TryGetValue(head.Number, out var before))
                Remove(before.Head, tenant);
            Add(log, head, tenant);
        }
    }

    /// <summary>The stream with an external id; null where there is none.</summary>
    public MemoryStreamLog? FindExternal(string? tenant, string externalId)
    {
        lock (_lock)
            return _external.GetValueOrDefault((tenant, externalId));
    }

    /// <summary>The first streams of a list, and one more where there are more.</summary>
    public IReadOnlyList<MemoryStreamLog> List(StreamQuery query)
    {
        lock (_lock)
        {
            var places = query.States.SelectMany(state => List(query, state)).Order();
            return [.. (query.NewestFirst ? places.Reverse() : places).Take(query.Limit + 1).Select(LogAt)];
        }
    }

    /// <summary>The streams behind a number, in the order of their numbers.</summary>
    public IReadOnlyList<MemoryStreamLog> ListAfter(long number, int limit)
    {
        lock (_lock)
        {
            var left = Math.Min(limit, _entries.Count - number);
            return [.. Enumerable.Range(1, (int)left).Select(step => _entries[number + step].Log)];
        }
    }

    /// <summary>The streams that are due behind a place, the earliest first.</summary>
    public IReadOnlyList<(Place Place, MemoryStreamLog Log)> Due(Place after, Place until, int limit) => Between(_due, after, until, limit);

    /// <summary>The streams that ended behind a place, the earliest first.</summary>
    public IReadOnlyList<(Place Place, MemoryStreamLog Log)> Ended(Place after, Place until, int limit) => Between(_ended, after, until, limit);

    private IReadOnlyList<(Place Place, MemoryStreamLog Log)> Between(SortedSet<Place> places, Place after, Place until, int limit)
    {
        lock (_lock)
        {
            return after.CompareTo(until) >= 0
                ? []
                : [.. places.GetViewBetween(after, until).SkipWhile(place => place == after).Take(limit).Select(place => (place, LogAt(place)))];
        }
    }

    private IEnumerable<Place> List(StreamQuery query, StreamState state)
    {
        if (!_lists.TryGetValue((query.Tenant, query.Label, state), out var list))
            return [];
        var (first, last) = (
            Place.FirstAt(query.From ?? DateTimeOffset.MinValue),
            query.To is { } to ? Place.LastBefore(to) : Place.LastAt(DateTimeOffset.MaxValue));
        if (query.After is { } after)
        {
            var place = new Place(after.StartedAt, after.Number);
            if (query.NewestFirst)
                last = Place.Min(last, place.Previous);
            else
                first = Place.Max(first, place.Next);
        }

        if (first.CompareTo(last) > 0)
            return [];
        var view = list.GetViewBetween(first, last);
        return (query.NewestFirst ? view.Reverse() : view).Take(query.Limit + 1);
    }

    private MemoryStreamLog LogAt(Place place) => _entries[place.Number].Log;

    private void Add(MemoryStreamLog log, StreamHead head, string? tenant)
    {
        _entries[head.Number] = (head, log);
        foreach (var key in Keys(head, tenant))
            (CollectionsMarshal.GetValueRefOrAddDefault(_lists, key, out _) ??= []).Add(new(head.StartedAt, head.Number));
        if (head.Metadata.ExternalId is { } id)
            _external[(tenant, id)] = log;
        if (head.DueAt is { } due)
            _due.Add(new(due, head.Number));
        if (head.State == StreamState.Ended)
            _ended.Add(new(head.EndedAt!.Value, head.Number));
    }

    private void Remove(StreamHead head, string? tenant)
    {
        foreach (var key in Keys(head, tenant))
        {
            _lists[key].Remove(new(head.StartedAt, head.Number));
            if (_lists[key].Count == 0)
                _lists.Remove(key);
        }

        if (head.Metadata.ExternalId is { } id)
            _external.Remove((tenant, id));
        if (head.DueAt is { } due)
            _due.Remove(new(due, head.Number));
        if (head.State == StreamState.Ended)
            _ended.Remove(new(head.EndedAt!.Value, head.Number));
    }

    private static IEnumerable<(string? Tenant, string? Label, StreamState State)> Keys(StreamHead head, string? tenant) =>
        [(tenant, null, head.State), .. head.Metadata.Labels.Select(label => (tenant, (string?)label, head.State))];

    /// <summary>A place in a list: by time, and at the same time by number.</summary>
    public readonly record struct Place(DateTimeOffset At, long Number) : IComparable<Place>
    {
        public Place Next => this with { Number = Number + 1 };

        public Place Previous => this with { Number = Number - 1 };

        // Numbers begin at 1: there is nothing at 0.
        public static Place FirstAt(DateTimeOffset at) => new(at, 0);

        public static Place LastAt(DateTimeOffset at) => new(at, long.MaxValue);

        public static Place LastBefore(DateTimeOffset at) => new(at, 0);

        public static Place Min(Place one, Place other) => one.CompareTo(other) <= 0 ? one : other;

        public static Place Max(Place one, Place other) => one.CompareTo(other) >= 0 ? one : other;

        public int CompareTo(Place other) => At.CompareTo(other.At) is not 0 and var order ? order : Number.CompareTo(other.Number);
    }
}
