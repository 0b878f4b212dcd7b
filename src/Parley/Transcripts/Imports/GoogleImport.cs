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
                Text = best.TextOrNull("transcript"),
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

    private void NameSpeakers()
    {
        if (_results.Count < 2 || _results[^1].Said.Words is not { } all || !all.Any(word => word.Speaker is not null)) return;
        var before = _results.Take(_results.Count - 1).SelectMany(result => result.Said.Words ?? []).ToList();
        if (before.Count == 0 || !Restates(_results[^1].Said, all, before)) return;
        Problems.Add(ImportAnomaly.Restated, _results[^1].Said.Line);
        _results.RemoveAt(_results.Count - 1);
        var speakers = new Dictionary<(double?, string), string?>();
        foreach (var word in all) speakers.TryAdd((word.Start, word.Text), word.Speaker);
        for (var i = 0; i < _results.Count; i++)
        {
            var said = _results[i].Said;
            if (said.Words is not { } words) continue;
            var named = words.Select(word => word with { Speaker = SpeakerOf(word) });
            _results[i] = _results[i] with { Said = said with { Words = [.. named] } };
        }

        string? SpeakerOf(in ImportedWord word) => word.Speaker ?? speakers.GetValueOrDefault((word.Start, word.Text));
    }

    // It has no text of its own and begins where the recording does; or it has the same words.
    private static bool Restates(ImportedSegment last, IReadOnlyList<ImportedWord> all, List<ImportedWord> before) =>
        (string.IsNullOrEmpty(last.Text) && all.Count * 10 >= before.Count * 9 && all[0].Start <= before[0].End)
        || (all.Count == before.Count && before.Zip(all).All(pair => IsSame(pair.First, pair.Second)));

    private static bool IsSame(in ImportedWord word, in ImportedWord again) => word.Text == again.Text && word.Start == again.Start;

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
