namespace Parley.Protocol;

public sealed partial class TranscriptProjection
{
    // Applied to later segments in the order in which they were made, so that a name given twice ends as the second.
    private readonly List<(string? From, string To)> _renames = [];

    private void Revise(SpeakerRevisionPayload revision)
    {
        var everywhere = revision.SegmentIds.Count == 0;
        if (everywhere)
            _renames.Add((revision.From, revision.To));

        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (everywhere ? segment.Text.SpeakerId == revision.From : revision.SegmentIds.Contains(segment.Id))
                _segments[i] = segment with { Text = segment.Text with { SpeakerId = revision.To } };
        }
        for (var i = 0; i < _turns.Count; i++)
        {
            if (everywhere ? _turns[i].SpeakerId == revision.From : _turns[i].SegmentIds.All(revision.SegmentIds.Contains))
                _turns[i] = _turns[i] with { SpeakerId = revision.To };
        }
    }

    private SegmentText Renamed(SegmentText text) => _renames.Count == 0 ? text : text with { SpeakerId = Renamed(text.SpeakerId) };

    private string? Renamed(string? speaker) => _renames.Aggregate(speaker, (name, rename) => name == rename.From ? rename.To : name);
}
