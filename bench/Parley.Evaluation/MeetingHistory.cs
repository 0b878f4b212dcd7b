using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>What a conversation knows around each text of a meeting, when the texts are read in the order of their file.</summary>
/// <param name="read">What is read of each text: as a recogniser gives it, or as transcribed.</param>
internal sealed class MeetingHistory(Func<Labelled, string> read)
{
    // A segment that starts at most so many seconds after its speaker's last one continues it: StreamConfig.MaxGapSec.
    private const double MaxGapSec = 1;

    // As much of what is continued as a conversation keeps.
    private const int MaxJoined = 1_000;

    private readonly Dictionary<string, (double End, string Text)> _latest = new(StringComparer.Ordinal);
    private IntentHistory _history;
    private string? _meeting;

    /// <summary>Returns what is known around the next text.</summary>
    public IntentContext Next(Labelled next)
    {
        if (_meeting != next.Meeting)
        {
            (_meeting, _history) = (next.Meeting, default);
            _latest.Clear();
        }

        var text = read(next);
        string? continued = null;
        if (next.IsSegment)
        {
            if (_latest.TryGetValue(next.SpeakerId, out var latest) && next.Start - latest.End <= MaxGapSec) continued = latest.Text;
            var joined = continued is null ? text : $"{continued} {text}";
            _latest[next.SpeakerId] = (next.End, joined.Length <= MaxJoined ? joined : joined[^MaxJoined..]);
        }

        var context = _history.Before(next.SpeakerId, continued);
        _history = _history.After(text, next.SpeakerId);
        return context;
    }
}
