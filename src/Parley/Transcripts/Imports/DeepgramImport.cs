using System.Globalization;
using System.Text.Json;
using Parley.Asr;
using Recogniser = Parley.Asr.SpeakerNames;

namespace Parley.Transcripts;

/// <summary>
/// Deepgram's response for a recording. Utterances are its segments, if they were asked for, and otherwise words up to the end of a
/// sentence.
/// Of several alternatives the first counts.
/// </summary>
/// <remarks>
/// After developers.deepgram.com/reference/speech-to-text/listen-pre-recorded and developers.deepgram.com/docs/utterances.
/// </remarks>
internal sealed class DeepgramImport() : DocumentReader(
    "results.channels[].detected_language", "results.channels[].alternatives[].transcript", "results.channels[].alternatives[].words[]",
    "results.utterances[]")
{
    private sealed class Channel
    {
        public List<ImportedWord> Words { get; } = [];

        public List<ImportedSegment> Segments { get; set; } = [];

        public string? Transcript { get; set; }

        public string? Language { get; set; }

        public long Line { get; set; } = 1;
    }

    private readonly SortedDictionary<long, Channel> _channels = [];

    protected override void Take(JsonWalker at)
    {
        if (at.Path == "results.utterances[]")
        {
            TakeUtterance(at);
            return;
        }

        var channel = Of(at.Indices[0]);
        if (at.Indices.Count > 1 && at.Indices[1] > 0) return;
        switch (at.Path)
        {
            case "results.channels[].detected_language":
                channel.Language = at.Value.StringOrNull();
                break;
            case "results.channels[].alternatives[].transcript":
                (channel.Transcript, channel.Line) = (at.Value.GetString(), at.Line);
                break;
            default:
                channel.Words.Add(Word(at.Value));
                break;
        }
    }

    protected override IReadOnlyList<ImportedSegment> Finish()
    {
        var isMultichannel = _channels.Values.Count(IsSpoken) > 1;
        foreach (var channel in _channels.Values) Complete(channel);
        return
        [
            .. _channels.SelectMany(channel => channel.Value.Segments.Select(segment =>
                Named(segment, isMultichannel ? channel.Key : null) with { Language = channel.Value.Language })),
        ];
    }

    private static bool IsSpoken(Channel channel) =>
        channel.Words.Count > 0 || channel.Segments.Count > 0 || !string.IsNullOrWhiteSpace(channel.Transcript);

    private void Complete(Channel channel)
    {
        if (channel.Segments.Count == 0) channel.Segments = [.. WordGroups.Cut(channel.Words, channel.Line)];
        else WordGroups.Share(channel.Segments, channel.Words, channel.Line, Problems);
        WholeText.Check(channel.Transcript, channel.Line, channel.Segments, Problems);
    }

    private void TakeUtterance(JsonWalker at)
    {
        var number = at.Value.Integer("channel") ?? 0;
        Of(number).Segments.Add(new(at.Line)
        {
            Text = at.Value.RequireText("transcript"),
            Start = at.Value.LenientSeconds("start"),
            End = at.Value.LenientSeconds("end"),
            Speaker = at.Value.Speaker("speaker"),
            Confidence = at.Value.Confidence("confidence"),
            Words = at.Value.Words("words", Problems, at.Line, Word),
            EndsTurn = true,
        });
    }

    private Channel Of(long number) => _channels.TryGetValue(number, out var channel) ? channel : _channels[number] = new();

    private static ImportedWord Word(JsonElement word) => ImportFields.Word(word) with { Speaker = word.Speaker("speaker") };

    private static ImportedSegment Named(ImportedSegment segment, long? channel)
    {
        if (channel is null) return segment;
        var name = string.Create(CultureInfo.InvariantCulture, $"ch_{channel}");
        return segment with
        {
            Speaker = Recogniser.OnChannel(name, segment.Speaker),
            Words = segment.Words?.Select(word => word.Speaker is { } speaker
                ? word with { Speaker = Recogniser.OnChannel(name, speaker) }
                : word).ToList(),
        };
    }
}
