using System.Globalization;
using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>
/// The output of a job of Amazon Transcribe. Its audio segments are the segments, where it has them, and otherwise words up to the end of a
/// sentence. Older outputs name the speakers of words in a list of their own.
/// </summary>
/// <remarks>
/// After docs.aws.amazon.com/transcribe/latest/dg/how-input.html, diarization-output-batch.html and channel-id-output-batch.html.
/// </remarks>
internal sealed class AwsImport() : DocumentReader(
    "results.language_code", "results.transcripts[].transcript", "results.items[]", "results.audio_segments[]",
    "results.speaker_labels.segments[].items[]", "results.channel_labels.channels[].items[]")
{
    private readonly record struct Item(long? Id, ImportedWord Word);

    private readonly record struct Segment(ImportedSegment Said, long[] Items);

    private readonly List<Item> _items = [];
    private readonly SortedDictionary<int, List<ImportedWord>> _channels = [];
    private readonly List<Segment> _segments = [];
    private readonly Dictionary<double, string> _speakers = [];
    private (string Text, long Line)? _whole;
    private string? _language;
    private long _itemLine = 1;

    protected override void Take(JsonWalker at)
    {
        switch (at.Path)
        {
            case "results.language_code": _language = at.Value.StringOrNull(); break;
            case "results.transcripts[].transcript": _whole ??= (at.Value.GetString() ?? "", at.Line); break;
            case "results.audio_segments[]": _segments.Add(new(AudioSegment(at.Value, at.Line), [.. ItemsOf(at.Value)])); break;
            case "results.speaker_labels.segments[].items[]": TakeSpeaker(at.Value); break;
            case "results.channel_labels.channels[].items[]": TakeChannel(at); break;
            default: TakeItem(at); break;
        }
    }

    protected override IReadOnlyList<ImportedSegment> Finish()
    {
        var segments = _segments.Count > 0 ? WithWords() : [.. Groups()];
        if (_channels.Count < 2 && _whole is { } whole) WholeText.Check(whole.Text, whole.Line, segments, Problems);
        return [.. segments.Select(segment => segment with { Language = _language })];
    }

    private IEnumerable<ImportedSegment> Groups() => _channels.Count > 0
        ? _channels.Values.SelectMany(words => WordGroups.Cut(words, _itemLine))
        : WordGroups.Cut([.. _items.Select(item => Labelled(item.Word))], _itemLine);

    private List<ImportedSegment> WithWords()
    {
        var words = new Dictionary<long, ImportedWord>();
        foreach (var item in _items)
        {
            if (item.Id is { } id) words[id] = Labelled(item.Word);
        }

        return [.. _segments.Select(segment => segment.Said with { Words = Own(segment, words) })];
    }

    // What has no times is punctuation, which the text has.
    private static List<ImportedWord> Own(in Segment segment, Dictionary<long, ImportedWord> words)
    {
        var own = new List<ImportedWord>();
        foreach (var id in segment.Items)
        {
            if (words.TryGetValue(id, out var word)) own.Add(word);
        }

        return own;
    }

    private ImportedWord Labelled(in ImportedWord word) =>
        word.Speaker is null && word.Start is { } start && _speakers.TryGetValue(start, out var speaker)
            ? word with { Speaker = speaker }
            : word;

    private void TakeSpeaker(JsonElement item)
    {
        if (item.LenientSeconds("start_time") is { } start && item.Speaker("speaker_label") is { } speaker) _speakers[start] = speaker;
    }

    private void TakeItem(JsonWalker at)
    {
        if (_items.Count == 0) _itemLine = at.Line;
        if (IsPunctuation(at.Value) && _items.Count > 0) _items[^1] = _items[^1] with { Word = Ended(_items[^1].Word, at.Value) };
        else _items.Add(new(at.Value.Has("id") ? at.Value.Integer("id") : null, Word(at.Value)));
    }

    private void TakeChannel(JsonWalker at)
    {
        if (_channels.Count == 0) _itemLine = at.Line;
        var number = at.Indices[0];
        var words = _channels.TryGetValue(number, out var known) ? known : _channels[number] = [];
        if (IsPunctuation(at.Value) && words.Count > 0)
        {
            words[^1] = Ended(words[^1], at.Value);
            return;
        }

        var word = Word(at.Value);
        words.Add(word with { Speaker = word.Speaker ?? string.Create(CultureInfo.InvariantCulture, $"ch_{number}") });
    }

    private static ImportedSegment AudioSegment(JsonElement segment, long line) => new(line)
    {
        Text = segment.RequireText("transcript"),
        Start = segment.LenientSeconds("start_time"),
        End = segment.LenientSeconds("end_time"),
        Speaker = segment.Speaker(segment.NameOf("speaker_label", "channel_label")),
        EndsTurn = true,
    };

    private static IEnumerable<long> ItemsOf(JsonElement segment) =>
        segment.Items("items").Where(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _)).Select(id => id.GetInt64());

    private static bool IsPunctuation(JsonElement item) => item.Is("type", "punctuation");

    private static ImportedWord Ended(in ImportedWord word, JsonElement punctuation) =>
        word with { Text = word.Text + Content(punctuation) };

    private static ImportedWord Word(JsonElement item) => new(
        Content(item),
        item.LenientSeconds("start_time"),
        item.LenientSeconds("end_time"),
        item.FirstItem("alternatives")?.Certainty("confidence"),
        item.Speaker(item.NameOf("speaker_label", "channel_label")));

    private static string Content(JsonElement item) =>
        (item.FirstItem("alternatives") ?? throw new AsrMessageException("alternatives: missing")).RequireText("content");
}
