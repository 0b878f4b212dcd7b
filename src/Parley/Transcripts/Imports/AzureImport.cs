using System.Globalization;
using System.Text.Json;
using Parley.Asr;
using Recogniser = Parley.Asr.SpeakerNames;

namespace Parley.Transcripts;

/// <summary>
/// The result file of a batch transcription of Azure Speech, and the answer of its fast transcription. Of several readings the first
/// counts.
/// </summary>
/// <remarks>
/// After learn.microsoft.com/azure/ai-services/speech-service/batch-transcription-get and fast-transcription-create. Batch times are ticks
/// of 100 ns and ISO 8601 durations, those of the fast one milliseconds.
/// </remarks>
internal sealed class AzureImport() : DocumentReader("recognizedPhrases[]", "combinedRecognizedPhrases[]", "phrases[]", "combinedPhrases[]")
{
    private const double TicksPerSec = 1e7;

    private readonly SortedDictionary<long, List<ImportedSegment>> _channels = [];
    private readonly List<(long Channel, string? Text, long Line)> _whole = [];

    protected override void Take(JsonWalker at)
    {
        var channel = at.Value.Integer("channel") ?? 0;
        switch (at.Path)
        {
            case "combinedRecognizedPhrases[]": _whole.Add((channel, at.Value.TextOrNull("display"), at.Line)); break;
            case "combinedPhrases[]": _whole.Add((channel, at.Value.TextOrNull("text"), at.Line)); break;
            case "phrases[]": Of(channel).Add(Fast(at.Value, at.Line)); break;
            default: TakePhrase(at, channel); break;
        }
    }

    protected override IReadOnlyList<ImportedSegment> Finish()
    {
        foreach (var (channel, text, line) in _whole)
        {
            // A whole without a channel is that of all of them, in an order of its own.
            if (_channels.Count < 2 || _whole.Count > 1) WholeText.Check(text, line, Of(channel), Problems);
        }

        var isMultichannel = _channels.Values.Count(segments => segments.Count > 0) > 1;
        return
        [
            .. _channels.SelectMany(channel => channel.Value.Select(segment => !isMultichannel ? segment : segment with
            {
                Speaker = Recogniser.OnChannel(string.Create(CultureInfo.InvariantCulture, $"ch_{channel.Key}"), segment.Speaker),
            })),
        ];
    }

    private List<ImportedSegment> Of(long channel) => _channels.TryGetValue(channel, out var segments) ? segments : _channels[channel] = [];

    private void TakePhrase(JsonWalker at, long channel)
    {
        if (at.Value.FirstItem("nBest") is not { } best)
        {
            // Silence has a status and no text.
            if (at.Value.Is("recognitionStatus", "Success")) throw new AsrMessageException("nBest: missing");
            return;
        }

        var start = at.Value.Parts("offsetInTicks", TicksPerSec) ?? at.Value.Duration("offset");
        Of(channel).Add(new(at.Line)
        {
            Text = best.RequireText(best.NameOf("display", "itn", "lexical")),
            Start = start,
            End = start + (at.Value.Parts("durationInTicks", TicksPerSec) ?? at.Value.Duration("duration")),
            Speaker = at.Value.Speaker("speaker"),
            Confidence = best.Confidence("confidence"),
            Language = at.Value.TextOrNull("locale"),
            Words = best.Words("displayWords", Problems, at.Line, Word) ?? best.Words("words", Problems, at.Line, Word),
            EndsTurn = true,
        });
    }

    private ImportedSegment Fast(JsonElement phrase, long line)
    {
        var start = phrase.Parts(phrase.NameOf("offsetMilliseconds", "offset"), 1000);
        return new(line)
        {
            Text = phrase.RequireText("text"),
            Start = start,
            End = start + phrase.Parts(phrase.NameOf("durationMilliseconds", "duration"), 1000),
            Speaker = phrase.Speaker("speaker"),
            Confidence = phrase.Confidence("confidence"),
            Language = phrase.TextOrNull("locale"),
            Words = phrase.Words("words", Problems, line, FastWord),
            EndsTurn = true,
        };
    }

    private static ImportedWord Word(JsonElement word)
    {
        var start = word.Parts("offsetInTicks", TicksPerSec) ?? word.Duration("offset");
        var end = start + (word.Parts("durationInTicks", TicksPerSec) ?? word.Duration("duration"));
        return new(word.RequireText(word.NameOf("displayText", "word")), start, end, word.Certainty("confidence"));
    }

    private static ImportedWord FastWord(JsonElement word)
    {
        var start = word.Parts(word.NameOf("offsetMilliseconds", "offset"), 1000);
        return new(word.RequireText("text"), start, start + word.Parts(word.NameOf("durationMilliseconds", "duration"), 1000));
    }
}
