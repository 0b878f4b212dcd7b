using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>
/// Which segments a recogniser's text went to, by its source and key, so that a speaker who is named late can be named there.
/// </summary>
/// <remarks>Bounded: of more than <see cref="Capacity"/> keys the oldest is forgotten; recognisers revise what was said lately.</remarks>
internal sealed class KeyedSegments
{
    private const int Capacity = 512;

    private readonly OrderedDictionary<(string Source, string Key), List<string>> _segments = [];

    public IReadOnlyList<string> Of(string source, string key) => _segments.GetValueOrDefault((source, key)) ?? [];

    public void Add(ChunkAccepted chunk)
    {
        if (chunk.Key is not { } key) return;
        if (!_segments.TryGetValue((chunk.Source, key), out var segments))
        {
            if (_segments.Count == Capacity) _segments.RemoveAt(0);
            _segments.Add((chunk.Source, key), segments = []);
        }

        if (!segments.Contains(chunk.SegmentId)) segments.Add(chunk.SegmentId);
    }
}
