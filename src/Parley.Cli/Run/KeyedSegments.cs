namespace Parley.Cli.Run;

/// <summary>Which segments a recogniser's text went to, by its key, so that a speaker who is named late can be named there.</summary>
/// <remarks>Bounded: of more than <see cref="Capacity"/> keys the oldest is forgotten; vendors revise what was said lately.</remarks>
internal sealed class KeyedSegments
{
    private const int Capacity = 512;

    private readonly OrderedDictionary<string, List<string>> _segments = [];

    public IReadOnlyList<string> this[string key] => _segments.GetValueOrDefault(key) ?? [];

    public void Add(string key, string segmentId)
    {
        if (!_segments.TryGetValue(key, out var segments))
        {
            if (_segments.Count == Capacity) _segments.RemoveAt(0);
            _segments.Add(key, segments = []);
        }

        if (!segments.Contains(segmentId)) segments.Add(segmentId);
    }
}
