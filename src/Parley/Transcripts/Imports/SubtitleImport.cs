using System.Runtime.CompilerServices;

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
        await foreach (var cue in new CueReader(isWebVtt, problems).ReadAsync(file, cancellationToken))
        {
            cues++;
            foreach (var segment in Segments(cue, hasPrefixes)) yield return segment;
        }

        if (cues == 0) throw new TranscriptImportException($"this looks like {(isWebVtt ? "WebVTT" : "SubRip")}, but it has no cue");
    }

    private async Task<bool> HasPrefixesAsync(ReadOnlyMemory<byte> start, CancellationToken cancellationToken)
    {
        using var head = new MemoryStream(start.ToArray());
        var texts = new List<string>();
        await foreach (var cue in new CueReader(isWebVtt, new()).ReadAsync(head, cancellationToken))
        {
            foreach (var run in Runs(cue))
            {
                if (run.Voice is not null) return false;
                texts.Add(run.Text.Trim());
            }
        }

        return SpeakerPrefix.IsUsual(texts);
    }

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
