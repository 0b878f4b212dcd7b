namespace Parley.Transcripts;

/// <summary>
/// Takes out the lines that captions repeat as they roll: in a file whose words have times within their cues, as YouTube's, a cue begins
/// with the last line of the one before. Each is said once.
/// </summary>
internal sealed class RollingCues(ImportProblems problems)
{
    private bool _hasTimedWords;
    private string? _last;

    /// <summary>Takes the repeated line out of a cue; false where nothing is left of it.</summary>
    public bool TakeOut(ref RawCue cue)
    {
        if (cue.Lines.Count == 0) return true;
        _hasTimedWords |= cue.Lines.Any(IsTimed);
        var (before, first) = (_last, cue.Lines[0]);
        _last = TextOf(cue.Lines[^1]);
        if (!_hasTimedWords || before is null or "" || IsTimed(first) || TextOf(first) != before) return true;
        problems.Add(ImportAnomaly.Restated, cue.Line, "a line that the cue before ends with");
        cue = cue with { Lines = [.. cue.Lines.Skip(1)] };
        return cue.Lines.Count > 0;
    }

    private static bool IsTimed(string line) => line.Contains("><c", StringComparison.Ordinal);

    private static string TextOf(string line) => string.Concat(CueText.WebVtt([line]).Select(run => run.Text)).Trim();
}
