namespace Parley.Transcripts;

/// <summary>The names to show: a speaker's label from the table, or else from the segment, or else the id.</summary>
internal sealed class SpeakerNames
{
    private readonly Dictionary<string, string> _labels = [];

    public SpeakerNames(IEnumerable<TranscriptSpeaker>? speakers)
    {
        foreach (var speaker in speakers ?? [])
            if (!string.IsNullOrWhiteSpace(speaker.Label)) _labels[speaker.Id] = speaker.Label;
    }

    /// <summary>Returns the name as one line, or null where no speaker is named.</summary>
    public string? LineOf(TranscriptSegment segment) => PlainText.OneLine(Of(segment) ?? "") is { Length: > 0 } name ? name : null;

    /// <summary>Returns the name, or null where no speaker is named.</summary>
    public string? Of(TranscriptSegment segment)
    {
        if (segment.Speaker is not { } speaker) return null;
        var name = speaker.Id is { } id && _labels.TryGetValue(id, out var label) ? label : speaker.Label ?? speaker.Id;
        return string.IsNullOrWhiteSpace(name) ? null : name;
    }
}
