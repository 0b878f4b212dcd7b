using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Parley.Transcripts;

/// <summary>
/// SubRip and WebVTT. Speakers are the voices of WebVTT; where a file has none, the names in front of the texts, if at least half of its
/// first cues have one.
/// </summary>
/// <remarks>
/// After www.w3.org/TR/webvtt1 and docs.fileformat.com/video/srt; SubRip has no other specification.
/// </remarks>
internal sealed class SubtitleImport(bool isWebVtt) : ImportReader
{
    public override async IAsyncEnumerable<ImportedSegment> ReadAsync(
        Stream file, ReadOnlyMemory<byte> start, ImportProblems problems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasPrefixes = await HasPrefixesAsync(start, cancellationToken);
        var cues = 0;
        var rolling = new RollingCues(problems);
        await foreach (var read in new CueReader(isWebVtt, problems).ReadAsync(file, cancellationToken))
        {
            var cue = read;
            cues++;
            if (isWebVtt && !rolling.TakeOut(ref cue)) continue;
            foreach (var part in hasPrefixes ? CueNames.Cut(cue, TextOf) : [cue])
            {
                foreach (var segment in Segments(part, hasPrefixes)) yield return segment;
            }
        }

        if (cues == 0) throw new TranscriptImportException($"this looks like {(isWebVtt ? "WebVTT" : "SubRip")}, but it has no cue");
    }

    private async Task<bool> HasPrefixesAsync(ReadOnlyMemory<byte> start, CancellationToken cancellationToken)
    {
        using var head = new MemoryStream(Whole(start).ToArray());
        var texts = new List<string>();
        await foreach (var cue in new CueReader(isWebVtt, new()).ReadAsync(head, cancellationToken))
        {
            if (Runs(cue).Exists(run => run.Voice is not null)) return false;
            var parts = CueNames.Cut(cue, TextOf).Select(part => TextOf(part.Lines)).ToList();
            texts.Add(parts.Find(text => SpeakerPrefix.Of(text).Name is not null) ?? parts[0]);
        }

        return SpeakerPrefix.IsUsual(texts);
    }

    // What was read of the file may end within a character.
    private static ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> start)
    {
        for (var cut = 0; cut < 3 && !start.IsEmpty && !EndsWhole(start.Span); cut++) start = start[..^1];
        return start;
    }

    private static bool EndsWhole(ReadOnlySpan<byte> utf8) => Rune.DecodeLastFromUtf8(utf8, out _, out _) == OperationStatus.Done;

    private string TextOf(IReadOnlyList<string> lines) => string.Concat(
        isWebVtt ? CueText.WebVtt(lines).Select(run => run.Text) : [CueText.SubRip(lines)]).Trim();

    private List<CueRun> Runs(RawCue cue) => isWebVtt ? CueText.WebVtt(cue.Lines) : [new(null, null, CueText.SubRip(cue.Lines))];

    // A cue may have several voices, one behind the other.
    private IEnumerable<ImportedSegment> Segments(RawCue cue, bool hasPrefixes)
    {
        var runs = Runs(cue);
        if (runs.Count == 0) runs.Add(default(CueRun) with { Text = "" });
        for (int from = 0, to; from < runs.Count; from = to)
        {
            to = from + 1;
            while (to < runs.Count && runs[to].Voice == runs[from].Voice) to++;
            var own = runs[from..to];
            var next = to < runs.Count ? runs[to].Time ?? cue.End : cue.End;
            var (name, text) = Named(string.Concat(own.Select(run => run.Text)).Trim(), hasPrefixes);
            yield return new(cue.Line)
            {
                Text = text,
                Start = from == 0 ? cue.Start : own[0].Time ?? cue.Start,
                End = next,
                Speaker = own[0].Voice ?? name,
                Words = Words(own, cue.Start, next),
            };
        }
    }

    private static (string? Name, string Text) Named(string text, bool hasPrefixes) => hasPrefixes ? SpeakerPrefix.Of(text) : (null, text);

    // Times inside a cue are of words where each has its own.
    private static List<ImportedWord>? Words(List<CueRun> runs, double start, double end)
    {
        if (!runs.Exists(run => run.Time is not null) || !runs.TrueForAll(run => Streaming.Words.Count(run.Text) == 1)) return null;
        var words = new List<ImportedWord>(runs.Count);
        for (var i = 0; i < runs.Count; i++)
            words.Add(new(runs[i].Text.Trim(), runs[i].Time ?? start, i + 1 < runs.Count ? runs[i + 1].Time : end));
        return words;
    }
}
