namespace Parley.Protocol;

/// <summary>The names that speakers were given, applied to what they said and to what they say later.</summary>
internal sealed class SpeakerRenames
{
    // In the order in which they were made, so that a name given twice ends as the second.
    private readonly List<(string? From, string To)> _renames = [];

    public void Add(string? from, string to) => _renames.Add((from, to));

    public string? Of(string? speaker) => _renames.Aggregate(speaker, (name, rename) => name == rename.From ? rename.To : name);

    public SegmentText Of(SegmentText text) => _renames.Count == 0 ? text : text with { SpeakerId = Of(text.SpeakerId) };
}
