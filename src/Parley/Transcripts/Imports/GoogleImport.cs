using System.Globalization;
using System.Text.Json;
using Parley.Asr;
using Recogniser = Parley.Asr.SpeakerNames;

namespace Parley.Transcripts;

/// <summary>
/// The results of Google Speech-to-Text for a recording: the answer of v1, a finished operation, or the file that v2 writes. Of several
/// alternatives the first counts. The last result of a diarized recording has all words again, with their speakers.
/// </summary>
/// <remarks>
/// After cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/longrunningrecognize and
/// cloud.google.com/speech-to-text/v2/docs/reference/rest/v2/BatchRecognizeResults, in either spelling of protobuf's JSON.
/// </remarks>
internal sealed class GoogleImport() : DocumentReader("results[]", "response.results[]")
{
    private readonly record struct Result(ImportedSegment Said, string? Channel);

    private readonly List<Result> _results = [];
    private double _newest;

    protected override void Take(JsonWalker at)
    {
        if (at.Value.FirstItem("alternatives") is not { } best) return;
        var end = Seconds(at.Value, "resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset");
        var words = best.Words("words", Problems, at.Line, Word);
        // A result does not say where it starts: where its first word does, else where the one before it ends.
        var start = words?[0].Start ?? Math.Min(_newest, end ?? _newest);
        if (end is { } told && double.IsFinite(told)) _newest = Math.Max(_newest, told);
        var tag = at.Value.NameOf("channelTag", "channel_tag");
        var channel = at.Value.Has(tag) ? at.Value.Label(tag) : null;
        _results.Add(new(
            new(at.Line)
            {
                Text = best.TextOrNull("transcript") is { Length: > 0 } text ? text : null,
                Start = start,
                End = words?[^1].End ?? end,
                Confidence = best.Confidence("confidence"),
                Language = at.Value.TextOrNull(at.Value.NameOf("languageCode", "language_code")),
                Words = words,
                EndsTurn = true,
            },
            channel));
    }

    protected override IReadOnlyList<ImportedSegment> Finish()
    {
        NameSpeakers();
        var isMultichannel = _results.Select(result => result.Channel).Where(channel => channel is not null).Distinct().Count() > 1;
        return [.. _results.Select(result => isMultichannel ? OnChannel(result) : result.Said)];
    }

    // Each word is said once: the results keep theirs and get the speakers, and what only the last one has is said beside them.
    private void NameSpeakers()
    {
        if (_results.Count < 2 || _results[^1] is not { Said.Words: { } all } last || !all.Any(word => word.Speaker is not null)) return;
        var others = Enumerable.Range(0, _results.Count - 1).Where(i => _results[i].Channel == last.Channel).ToList();
        var before = others.SelectMany(i => _results[i].Said.Words ?? []).ToList();
        if (before.Count == 0) return;
        var restated = new RestatedWords(before, all);
        if (!restated.IsRestatement)
        {
            if (restated.Count > 0) Problems.Add(ImportAnomaly.PossibleRepeat, last.Said.Line);
            return;
        }

        Problems.Add(ImportAnomaly.Restated, last.Said.Line);
        if (Streaming.Words.Count(last.Said.Text ?? "") > all.Count) Problems.Add(ImportAnomaly.TextDiffers, last.Said.Line);
        _results.RemoveAt(_results.Count - 1);
        Merge(new(last, all), others, restated);
    }

    private readonly record struct Restatement(Result Result, IReadOnlyList<ImportedWord> Words);

    private void Merge(Restatement last, List<int> others, RestatedWords restated)
    {
        var (word, next, missing) = (0, 0, 0);
        foreach (var i in others)
        {
            if (_results[i].Said is not { Words: { } words } said) continue;
            var merged = new List<ImportedWord>(words.Count);
            var hasMore = false;
            foreach (var own in words)
            {
                if (restated.Again(word++) is not { } again)
                {
                    missing++;
                    merged.Add(own);
                    continue;
                }

                var more = last.Words.Skip(next).Take(again - next).ToList();
                // Within a result they are a part of it, if its text has no more than its words.
                var isWithin = merged.Count > 0 && missing == 0 && (said.Text is null || Streaming.Words.Count(said.Text) == words.Count);
                if (isWithin) merged.AddRange(more);
                else Add(more, last.Result, missing > 0);
                hasMore |= isWithin && more.Count > 0;
                merged.Add(own with { Speaker = own.Speaker ?? last.Words[again].Speaker });
                (next, missing) = (again + 1, 0);
            }

            _results[i] = _results[i] with { Said = said with { Words = merged, Text = hasMore ? null : said.Text } };
        }

        Add([.. last.Words.Skip(next)], last.Result, missing > 0);
    }

    private void Add(List<ImportedWord> more, in Result last, bool mayBeRepeat)
    {
        if (more.Count == 0) return;
        // Words of the results stand at the same place: they may be the same ones, spelled differently.
        if (mayBeRepeat) Problems.Add(ImportAnomaly.PossibleRepeat, last.Said.Line);
        foreach (var segment in WordGroups.Cut(more, last.Said.Line, last.Said.Language)) _results.Add(new(segment, last.Channel));
    }

    private static ImportedSegment OnChannel(in Result result)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"ch_{result.Channel}");
        return result.Said with
        {
            Speaker = name,
            Words = result.Said.Words?.Select(word => word with { Speaker = Recogniser.OnChannel(name, word.Speaker) }).ToList(),
        };
    }

    private static ImportedWord Word(JsonElement word)
    {
        var tag = word.NameOf("speakerLabel", "speaker_label", "speakerTag", "speaker_tag");
        // Zero stands for nobody.
        var speaker = word.Has(tag) && word.Label(tag) is not "0" ? word.Speaker(tag) : null;
        return new(
            word.RequireText("word"),
            Seconds(word, "startTime", "startOffset", "start_time", "start_offset"),
            Seconds(word, "endTime", "endOffset", "end_time", "end_offset"),
            word.Certainty("confidence"),
            speaker);
    }

    private static double? Seconds(JsonElement parent, params ReadOnlySpan<string> names) => parent.LenientSeconds(parent.NameOf(names));
}
