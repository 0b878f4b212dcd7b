namespace Parley.Evaluation.TurnEnds;

/// <summary>A place where a speaker stops for a moment or for longer.</summary>
/// <param name="Text">What they have said by then, without a pause of more than a second.</param>
/// <param name="Gap">How long it is until their next word, in seconds; infinite after the last.</param>
/// <param name="NextEnd">How long it is until the end of what they say next, in seconds; infinite after the last.</param>
/// <param name="IsDone">Whether they were done.</param>
/// <param name="IsTimed">Whether the end is where the data say.</param>
internal sealed record SpeechEnd(string Text, double Gap, double NextEnd, bool IsDone, bool IsTimed)
{
    /// <summary>A pause as long as this, in seconds, ends a turn: the default of <c>turn_gap_sec</c>.</summary>
    public const double LongPause = 2;

    private const double SegmentGap = 1;    // the default of max_gap_sec
    private const double Eager = 0.3;       // who takes the floor may begin a little before the other's last word ends
    private const int TurnWords = 3;
    private const int KeptChars = 240;      // more than the model looks at

    private static readonly HashSet<string> Backchannels =
        [.. "yeah yep yes right okay ok o_k uhhuh uh-huh mm-hmm mmhmm huh hmm mhm oh uh um mm sure".Split(' ')];

    /// <summary>
    /// The ends of everything that is said in a meeting. A speaker is done where others say three words or more, back-channels such as "yeah" not counted, before
    /// the speaker's next word, or where that comes after a pause of more than two seconds, or never.
    /// </summary>
    public static IReadOnlyList<SpeechEnd> Of(IReadOnlyList<Speech> meeting)
    {
        var all = meeting.OrderBy(said => said.Start).ToList();
        var turnWords = all.ConvertAll(said => said.Text.Split(' ').Count(word => !Backchannels.Contains(word)));
        var ends = new List<SpeechEnd>();
        foreach (var speaker in all.GroupBy(said => said.SpeakerId))
        {
            var own = speaker.ToList();
            var (text, until) = ("", double.NegativeInfinity);
            for (var i = 0; i < own.Count; i++)
            {
                var (said, next) = (own[i], i + 1 < own.Count ? own[i + 1] : null);
                text = said.Start - until > SegmentGap ? said.Text : $"{text} {said.Text}";
                if (text.Length > KeptChars) text = text[^KeptChars..];
                until = Math.Max(until, said.End);
                var gap = next is null ? double.PositiveInfinity : next.Start - said.End;
                var isDone = gap > LongPause || (gap > 0 && OthersWords(speaker.Key, said.End - Eager, said.End + gap) >= TurnWords);
                ends.Add(new(text, gap, next is null ? double.PositiveInfinity : next.End - said.End, isDone, said.IsTimed));
            }
        }

        return ends;

        int OthersWords(string speaker, double from, double to)
        {
            var words = 0;
            for (var i = FirstFrom(from); i < all.Count && all[i].Start < to; i++)
            {
                if (all[i].SpeakerId != speaker) words += turnWords[i];
            }

            return words;
        }

        int FirstFrom(double time)
        {
            var (low, high) = (0, all.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (all[middle].Start < time) low = middle + 1;
                else high = middle;
            }

            return low;
        }
    }
}
