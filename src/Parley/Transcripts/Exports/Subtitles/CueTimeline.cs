namespace Parley.Transcripts;

/// <summary>
/// Puts cues one after the other: two never stand on the screen at once, also where people talk over each other. Each cue starts where
/// it is said, or a little later where the one before could not be read otherwise.
/// </summary>
/// <param name="options">The limits.</param>
internal sealed class CueTimeline(SubtitleOptions options)
{
    // How far a cue may fall behind what is said: for the shortest duration of the one before, and for its reading at twice the speed.
    private const long LongestDelay = 3000, LongestDelayToRead = 1500;

    // What a cue lasts at least where more comes than fits.
    private const long LeastDuration = 100;

    private readonly long _shortest = Clock.Milliseconds(options.MinCueSec);
    private readonly long _longest = Clock.Milliseconds(Math.Max(options.MinCueSec, options.MaxCueSec));
    private readonly PriorityQueue<SubtitleCue, (long Start, long Order)> _waiting = new();

    private SubtitleCue? _shown;
    private long _count;

    /// <summary>Adds a cue.</summary>
    public void Add(SubtitleCue cue) => _waiting.Enqueue(cue, (cue.Start, _count++));

    /// <summary>Returns the cues that no later one can change.</summary>
    /// <param name="before">Cues that are added from now on start here or later, in milliseconds.</param>
    public IEnumerable<SubtitleCue> Take(long before)
    {
        while (_waiting.TryPeek(out var next, out _) && next.Start <= before)
        {
            _waiting.Dequeue();
            var start = next.Start;
            if (_shown is not null)
            {
                var shown = _shown with { End = EndOf(_shown, next.Start) };
                start = Math.Max(start, shown.End);
                yield return shown;
            }

            _shown = next with { Start = start };
        }
    }

    /// <summary>Returns the cues that are left. Nothing follows.</summary>
    public IEnumerable<SubtitleCue> End()
    {
        foreach (var cue in Take(long.MaxValue)) yield return cue;
        if (_shown is not null) yield return _shown with { End = WantedEndOf(_shown) };
    }

    private long EndOf(SubtitleCue cue, long next)
    {
        var wanted = WantedEndOf(cue);
        if (wanted <= next) return wanted;
        var forced = Math.Min(cue.Start + _shortest, next + LongestDelay);
        var hurried = Math.Min(cue.Start + Math.Min(cue.ReadingTime / 2, _longest), next + LongestDelayToRead);
        return Math.Max(Math.Max(next, forced), Math.Max(hurried, cue.Start + Math.Min(LeastDuration, _shortest)));
    }

    private long WantedEndOf(SubtitleCue cue) =>
        Math.Clamp(Math.Max(cue.End, cue.Start + cue.ReadingTime), cue.Start + _shortest, cue.Start + _longest);
}
