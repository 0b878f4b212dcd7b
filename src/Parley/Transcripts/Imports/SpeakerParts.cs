using Parley.Protocol;

namespace Parley.Transcripts;

/// <summary>A word of a segment, its time not a number where the file has none, and who said it.</summary>
internal readonly record struct PlacedWord(TimedWord Timed, string? Speaker)
{
    public bool HasTimes => double.IsFinite(Timed.Start);
}

/// <summary>A part of a segment by one speaker.</summary>
/// <param name="Start">Where it starts, in seconds.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">The text.</param>
/// <param name="Speaker">Who said it.</param>
/// <param name="Words">Its words that have times.</param>
/// <param name="IsLast">Whether its speaker says nothing more in the segment.</param>
internal readonly record struct SpokenPiece(
    double Start, double End, string Text, string? Speaker, IReadOnlyList<PlacedWord> Words, bool IsLast = true);

/// <summary>Cuts a segment where its words say that the speaker changes.</summary>
internal static class SpeakerParts
{
    /// <summary>Returns the parts. Together they have the whole text.</summary>
    public static IEnumerable<SpokenPiece> Of(string text, double start, double end, string? speaker, List<PlacedWord> words)
    {
        if (!words.Exists(word => word.Speaker is not null && word.Speaker != (speaker ?? words[0].Speaker)))
        {
            yield return new(start, end, text, speaker ?? words.Find(word => word.Speaker is not null).Speaker, Timed(words));
            yield break;
        }

        var places = Places(text, words);
        for (int from = 0, to; from < places.Count; from = to)
        {
            to = from + 1;
            while (to < places.Count && SpeakerOf(places[to].Word) == SpeakerOf(places[from].Word)) to++;
            var cut = text[(from == 0 ? 0 : places[from].At)..(to == places.Count ? text.Length : places[to].At)].Trim();
            var own = Timed(places.Skip(from).Take(to - from).Select(place => place.Word));
            var begin = from == 0 || own.Count == 0 ? start : own[0].Timed.Start;
            var finish = to == places.Count || own.Count == 0 ? end : own.Max(word => word.Timed.End);
            start = Math.Max(start, Math.Min(end, finish));
            yield return new(begin, Math.Max(begin, finish), cut, SpeakerOf(places[from].Word), own);
        }

        string? SpeakerOf(in PlacedWord word) => word.Speaker ?? speaker;
    }

    // Words that the text does not have cannot cut it.
    private static List<(PlacedWord Word, int At)> Places(string text, List<PlacedWord> words)
    {
        var places = new List<(PlacedWord, int)>(words.Count);
        var at = 0;
        foreach (var word in words)
        {
            var found = text.IndexOf(word.Timed.Text, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) continue;
            places.Add((word, found));
            at = found + word.Timed.Text.Length;
        }

        return places.Count == 0 ? [(words[0], 0)] : places;
    }

    private static List<PlacedWord> Timed(IEnumerable<PlacedWord> words) => [.. words.Where(word => word.HasTimes)];
}
