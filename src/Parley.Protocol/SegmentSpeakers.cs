namespace Parley.Protocol;

/// <summary>Who said each final segment, by the names that the speakers have by now.</summary>
internal sealed class SegmentSpeakers
{
    // What a prompt calls a speaker without a name.
    private const string Unnamed = "Unknown";

    private readonly Dictionary<string, string?> _heard = [];
    private readonly Dictionary<string, string> _named = [];
    private readonly SpeakerRenames _renames = new();

    /// <summary>Takes what viewers are told of a segment, or of a speaker.</summary>
    public void Fold(string? segment, ServerPayload payload)
    {
        switch (payload)
        {
            case FinalizedPayload final when segment is not null:
                _heard[segment] = final.Segment.SpeakerId;
                _named.Remove(segment);
                break;
            case SpeakerRevisionPayload { SegmentIds.Count: 0 } revision:
                _renames.Add(revision.From, revision.To);
                break;
            case SpeakerRevisionPayload revision:
                foreach (var id in revision.SegmentIds) _named[id] = revision.To;
                break;
        }
    }

    /// <summary>Returns the name of the speaker of a segment; null for a speaker without a name.</summary>
    public string? Of(string segment) => _renames.Of(_named.GetValueOrDefault(segment) ?? _heard.GetValueOrDefault(segment));

    /// <summary>Returns the current name of a person who is named in an outcome; null if no one is.</summary>
    public string? NameOf(string? person) => person is null ? null : _renames.Of(person);

    /// <summary>Returns whether a name is the one that a model was given for the speaker of a segment.</summary>
    public bool IsSpeaker(string segment, string name) => _heard.TryGetValue(segment, out var speaker)
        && (speaker is null ? name.Equals(Unnamed, StringComparison.OrdinalIgnoreCase) : name == speaker);
}
