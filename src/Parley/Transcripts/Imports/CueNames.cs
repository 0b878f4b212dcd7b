namespace Parley.Transcripts;

/// <summary>Cuts a cue where one of its lines begins with the name of a speaker.</summary>
internal static class CueNames
{
    /// <summary>Returns the parts of a cue: the cue itself, if no line but its first begins with a name.</summary>
    /// <param name="cue">The cue.</param>
    /// <param name="textOf">Takes the markup out of lines.</param>
    public static IEnumerable<RawCue> Cut(RawCue cue, Func<IReadOnlyList<string>, string> textOf)
    {
        var cuts = new List<int> { 0 };
        for (var i = 1; i < cue.Lines.Count; i++)
        {
            if (IsName(SpeakerPrefix.Of(textOf([cue.Lines[i]])).Name)) cuts.Add(i);
        }

        if (cuts.Count == 1) return [cue];
        cuts.Add(cue.Lines.Count);
        return Parts(cue, cuts);
    }

    // The speakers share the time of the cue by the length of what they say.
    private static IEnumerable<RawCue> Parts(RawCue cue, List<int> cuts)
    {
        var all = Math.Max(1, cue.Lines.Sum(line => line.Length));
        var (said, start) = (0, cue.Start);
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var own = cue.Lines.Skip(cuts[i]).Take(cuts[i + 1] - cuts[i]).ToList();
            said += own.Sum(line => line.Length);
            var end = i + 2 == cuts.Count ? cue.End : Math.Round(cue.Start + ((cue.End - cue.Start) * said / all), 3);
            yield return new(cue.Line, start, end, own);
            start = end;
        }
    }

    // A line that goes on with the sentence of the one before has no capital.
    private static bool IsName(string? name) => name is [var first, ..] && !char.IsLower(first);
}
