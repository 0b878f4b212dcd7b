using Parley.Streaming;

namespace Parley.Conversations.Intake;

/// <summary>The text of speakers that may still change, and is in no segment yet.</summary>
/// <param name="sources">The sources that are heard.</param>
/// <param name="redaction">Holds text, where the conversation is redacted.</param>
internal sealed class Tails(IReadOnlyCollection<IntakeSource> sources, IntakeRedaction redaction)
{
    private readonly List<string?> _touched = [];

    /// <summary>Gets the speakers whose tails have changed since <see cref="Look"/>.</summary>
    public IReadOnlyList<string?> Touched => _touched;

    /// <summary>Gets the text that redaction holds, one entry for each speaker.</summary>
    public IReadOnlyList<StreamChunk> Held => redaction.HeldLanes;

    /// <summary>Gets the speakers who have a tail.</summary>
    public IEnumerable<string?> Speakers =>
        sources.SelectMany(source => source.Tails).Concat(Held).Select(tail => tail.SpeakerId).Distinct();

    /// <summary>
    /// Returns the tail of a speaker; one with an empty text if there is none. Where redaction is on, it includes what is held of the
    /// speaker, as far as that can be shown.
    /// </summary>
    public StreamChunk Of(string? speaker)
    {
        if (sources.Count == 0 && !redaction.IsOn) return new(0, 0, "", speaker);
        var own = sources.SelectMany(source => source.Tails).Where(tail => tail.SpeakerId == speaker).OrderBy(tail => tail.Start).ToList();
        var text = TextJoin.Script.Join([.. own.Select(tail => tail.Text)]);
        if (redaction.IsOn)
        {
            text = redaction.Preview(speaker, text);
            own.AddRange(Held.Where(held => held.SpeakerId == speaker));
        }

        return own.Count == 0 ? new(0, 0, text, speaker) : new(own.Min(tail => tail.Start), own.Max(tail => tail.End), text, speaker);
    }

    /// <summary>Returns whether redaction holds text of a speaker.</summary>
    public bool Holds(string? speaker)
    {
        foreach (var held in Held)
        {
            if (held.SpeakerId == speaker) return true;
        }

        return false;
    }

    /// <summary>Returns whether a recogniser may still change text of a speaker.</summary>
    public bool MayChange(string? speaker)
    {
        foreach (var source in sources)
        {
            foreach (var tail in source.Tails)
            {
                if (tail.SpeakerId == speaker) return true;
            }
        }

        return false;
    }

    /// <summary>Notes that the tail of a speaker has changed.</summary>
    public void Touch(string? speaker)
    {
        if (!_touched.Contains(speaker)) _touched.Add(speaker);
    }

    /// <summary>Forgets which tails have changed.</summary>
    public void Look() => _touched.Clear();
}
