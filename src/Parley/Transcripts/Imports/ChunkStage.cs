using System.Globalization;
using Parley.Protocol;
using Parley.Streaming;
using Recognisers = Parley.Asr.SpeakerNames;

namespace Parley.Transcripts;

/// <summary>
/// Makes chunks of the segments of one file: completes and repairs their times, cuts them where the speaker changes and where they are too
/// long, and leaves out no text.
/// </summary>
internal sealed class ChunkStage(ImportProblems problems)
{
    // Ten years. No recording is longer.
    private const double FirstDate = 315_576_000;
    private const int MaxLength = 16_384;

    // Slower than anybody speaks, even with the pauses of a long meeting.
    private const double MostSecPerWord = 60;
    private const int WordsToJudgeBy = 50;

    private double? _epoch;
    private bool _hasTimes;
    private double _first = double.PositiveInfinity;
    private double _newest;
    private long _words;

    /// <summary>Returns the chunks of a segment: one, more, or none where it has no text.</summary>
    public IEnumerable<ImportedChunk> Cut(ImportedSegment segment)
    {
        var text = (segment.Text ?? WordGroups.Of(segment.Words ?? [], segment.Line).Text!).Trim();
        if (text.Length == 0)
        {
            problems.Add(ImportAnomaly.NoText, segment.Line);
            yield break;
        }

        var (start, end) = TimesOf(segment);
        var words = WordsOf(segment);
        _words += Words.Count(text);
        _first = Math.Min(_first, start);
        var details = SpeechDetails.Of(null, Certain(segment.Confidence), LanguageNames.TagOf(segment.Language));
        foreach (var part in SpeakerParts.Of(text, start, end, SpeakerOf(segment.Speaker, segment.Line), words))
        {
            foreach (var piece in LongTexts.Cut(part, MaxLength, SpeechDetails.MaxWords))
            {
                _newest = Math.Max(_newest, piece.End);
                var chunk = new StreamChunk(piece.Start, piece.End, piece.Text, SpeakerOf(piece.Speaker, segment.Line))
                {
                    Details = SpeechDetails.Of([.. piece.Words.Select(word => word.Timed)], details?.Confidence, details?.Language),
                };
                yield return new(chunk, segment.EndsTurn && piece.IsLast, segment.Line);
            }
        }
    }

    /// <summary>Judges the file as a whole.</summary>
    /// <param name="line">Its last line.</param>
    public void End(long line)
    {
        if (_words < WordsToJudgeBy || (_newest - _first) / _words < MostSecPerWord) return;
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"{_words} words in {_newest - _first:F0} seconds: the times may be in another unit");
        problems.Add(ImportAnomaly.TimesImplausible, line, detail);
    }

    private (double Start, double End) TimesOf(ImportedSegment segment)
    {
        var wasMissing = segment.Start is null || segment.End is null;
        var (start, end) = (Counted(segment.Start, segment.Line), Counted(segment.End, segment.Line));
        if (start is null) start = Counted((segment.Words ?? []).FirstOrDefault(word => word.Start is not null).Start, segment.Line);
        if (end is null) end = Counted((segment.Words ?? []).LastOrDefault(word => word.End is not null).End, segment.Line);
        if (wasMissing && (start is null || end is null)) problems.Add(ImportAnomaly.TimesMissing, segment.Line);
        var from = start ?? Math.Min(_newest, end ?? _newest);
        var to = end ?? from;
        if (from >= 0 && to >= from) return (from, to);
        problems.Add(ImportAnomaly.TimesRepaired, segment.Line, from < 0 ? "start: before zero" : "end: before start");
        from = Math.Max(0, from);
        return (from, Math.Max(from, to));
    }

    // A time in the recording; null where there is none, or none that can be.
    private double? Counted(double? time, long line)
    {
        if (time is not { } told) return null;
        if (!double.IsFinite(told))
        {
            problems.Add(ImportAnomaly.TimesRepaired, line, "a time is no finite number");
            return null;
        }

        if (told < FirstDate)
        {
            _hasTimes = true;
            return told;
        }

        if (!_hasTimes && told < FirstDate * 100)
        {
            _epoch = told;
            problems.Add(ImportAnomaly.AbsoluteTimes, line, string.Create(CultureInfo.InvariantCulture, $"times are counted from {told}"));
        }

        _hasTimes = true;
        // Dates in doubles have microseconds, and no more.
        if (_epoch is { } epoch && Math.Abs(told - epoch) < FirstDate) return Math.Round(told - epoch, 6);
        problems.Add(ImportAnomaly.TimesRepaired, line, "a time is years away from the others");
        return null;
    }

    private List<PlacedWord> WordsOf(ImportedSegment segment)
    {
        var placed = new List<PlacedWord>();
        string? speaker = null;
        foreach (var word in segment.Words ?? [])
        {
            speaker = word.Speaker ?? speaker;
            var text = word.Text.Trim();
            if (text.Length == 0) continue;
            if (WordTime(word.Start) is not { } start)
            {
                problems.Add(ImportAnomaly.WordTimesMissing, segment.Line);
                placed.Add(new(new(text, double.NaN, double.NaN), speaker));
                continue;
            }

            placed.Add(new(new(text, start, Math.Max(start, WordTime(word.End) ?? start), Certain(word.Confidence)), speaker));
        }

        return placed;
    }

    private double? WordTime(double? time)
    {
        if (time is not { } told || !double.IsFinite(told)) return null;
        var counted = told >= FirstDate && _epoch is { } epoch ? Math.Round(told - epoch, 6) : told;
        return counted is >= 0 and < FirstDate ? counted : null;
    }

    private string? SpeakerOf(string? speaker, long line)
    {
        var name = Recognisers.Named(speaker?.Trim());
        if (name is null || name.Length <= Names.MaxLength) return name;
        problems.Add(ImportAnomaly.SpeakerCut, line);
        return name[..(char.IsHighSurrogate(name[Names.MaxLength - 1]) ? Names.MaxLength - 1 : Names.MaxLength)];
    }

    private static double? Certain(double? confidence) => confidence is >= 0 and <= 1 ? confidence : null;
}
