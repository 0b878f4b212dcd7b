using Parley.Streaming;

namespace Parley.Conversations.Intake;

// What people are saying and may still change.
internal sealed partial class ConversationIntake
{
    private readonly List<string?> _touched = [];

    /// <summary>Whose tails have changed since they were last looked at.</summary>
    public IReadOnlyList<string?> Touched => _touched;

    /// <summary>Whose chunks redaction holds, and from where to where.</summary>
    public IReadOnlyList<StreamChunk> HeldLanes => _redaction?.HeldLanes ?? [];

    /// <summary>Whose words are in no segment yet.</summary>
    public IEnumerable<string?> Speakers => _sources.Values.SelectMany(source => source.Tails).Concat(HeldLanes).Select(tail => tail.SpeakerId).Distinct();

    /// <summary>
    /// What a speaker is saying that is in no segment yet; an empty text for nothing. Where redaction is on, what it holds of them too, and only as much as
    /// can be shown.
    /// </summary>
    public StreamChunk TailOf(string? speaker)
    {
        if (_sources.Count == 0 && !Redacts) return new(0, 0, "", speaker);
        var own = _sources.Values.SelectMany(source => source.Tails).Where(tail => tail.SpeakerId == speaker).OrderBy(tail => tail.Start).ToList();
        var text = TextJoin.Script.Join([.. own.Select(tail => tail.Text)]);
        if (Redacts)
        {
            text = Redaction.Preview(speaker, text);
            own.AddRange(HeldLanes.Where(held => held.SpeakerId == speaker));
        }

        return own.Count == 0 ? new(0, 0, text, speaker) : new(own.Min(tail => tail.Start), own.Max(tail => tail.End), text, speaker);
    }

    /// <summary>Tails were looked at.</summary>
    public void Look() => _touched.Clear();

    private void Touch(string? speaker)
    {
        if (!_touched.Contains(speaker)) _touched.Add(speaker);
    }
}
