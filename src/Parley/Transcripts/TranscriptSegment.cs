using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>What one speaker said without a gap.</summary>
public sealed class TranscriptSegment : TranscriptNode
{
    private static readonly string[] Order =
    [
        "id", "start", "end", "text", "speaker", "tone", "audio_state", "words", "tokens", "avg_logprob", "compression_ratio",
        "no_speech_prob", "temperature", "seek", "annotations",
    ];

    // Stands for an id that is no whole number.
    private readonly int _number;
    private TranscriptList<TranscriptWord>? _words;

    /// <summary>Makes a segment.</summary>
    /// <param name="id">Its number, unique in the document.</param>
    /// <param name="start">Where it starts, in seconds of audio time. Finite.</param>
    /// <param name="end">Where it ends, in seconds of audio time. Finite.</param>
    /// <param name="text">What was said.</param>
    /// <param name="speakerId">Who said it. Null when nobody was named.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite.</exception>
    public TranscriptSegment(int id, double start, double end, string text, string? speakerId = null)
        : this(new JsonObject
        {
            ["id"] = id,
            ["start"] = JsonValues.From(start, nameof(start)),
            ["end"] = JsonValues.From(end, nameof(end)),
            ["text"] = text,
            ["speaker"] = speakerId is null ? null : new SpeakerRef(speakerId).Json,
            ["tone"] = null,
            ["audio_state"] = null,
        })
    {
    }

    internal TranscriptSegment(JsonObject json, int number = 0) : base(json) => _number = number;

    /// <summary>
    /// Gets or sets the segment's number, unique in the document. Where the id that was read is not a whole number, it is the lowest
    /// number that no other segment had, and the id in the JSON stays as it is.
    /// </summary>
    public int Id { get => JsonValues.Integer(Fields!["id"]) ?? _number; set => Set("id", value); }

    /// <summary>The id as the document has it: what other parts of the document call the segment by.</summary>
    internal JsonNode IdAsWritten => Fields!["id"]?.DeepClone() ?? Id;

    /// <summary>Where it starts, in seconds of audio time.</summary>
    public double Start { get => GetNumber("start"); set => SetNumber("start", value); }

    /// <summary>Where it ends, in seconds of audio time.</summary>
    public double End { get => GetNumber("end"); set => SetNumber("end", value); }

    /// <summary>What was said.</summary>
    public string Text { get => GetText("text") ?? ""; set => Set("text", value); }

    /// <summary>Who said it, as the document has it. Null when nobody was named.</summary>
    public SpeakerRef? Speaker
    {
        get => Fields!["speaker"] is { } json ? new SpeakerRef(json) : null;
        set => Set("speaker", value?.Json);
    }

    /// <summary>
    /// Who said it, in every form a document may have: <c>"ana"</c>, <c>{"id":"ana"}</c> or, where there is no id,
    /// <c>{"label":"Ana"}</c>. Null when nobody was named.
    /// </summary>
    public string? SpeakerId => Speaker?.Id ?? Speaker?.Label;

    /// <summary>How it was said, in one word of the maker's. Null when unknown.</summary>
    public string? Tone { get => GetText("tone"); set => Set("tone", value); }

    /// <summary>How it sounded: prosody, emotion, and a <c>rendering</c> of them in words. Null when unknown.</summary>
    public JsonObject? AudioState { get => Fields!["audio_state"] as JsonObject; set => Set("audio_state", value); }

    /// <summary>Its words with their times. Null when the recogniser gave none.</summary>
    public TranscriptList<TranscriptWord>? Words
    {
        get => GetList(ref _words, "words", json => new TranscriptWord(json));
        set => SetList(ref _words, "words", value);
    }

    /// <summary>The recogniser's tokens. Null when it gave none.</summary>
    public IReadOnlyList<int>? Tokens
    {
        get => Fields!["tokens"] is JsonArray ? GetIntegers("tokens") : null;
        set => Set("tokens", value is null ? null : JsonValues.From(value));
    }

    /// <summary>The recogniser's mean log probability of a token. 0 when unknown.</summary>
    public double AvgLogprob { get => GetNumber("avg_logprob"); set => SetNumber("avg_logprob", value); }

    /// <summary>How well the text compresses; a high ratio means it repeats itself. 1 when unknown.</summary>
    public double CompressionRatio { get => GetNumber("compression_ratio", 1); set => SetNumber("compression_ratio", value); }

    /// <summary>The probability, from 0 to 1, that nothing was said. 0 when unknown.</summary>
    public double NoSpeechProb { get => GetNumber("no_speech_prob"); set => SetNumber("no_speech_prob", value); }

    /// <summary>The recogniser's sampling temperature. 0 when unknown.</summary>
    public double Temperature { get => GetNumber("temperature"); set => SetNumber("temperature", value); }

    /// <summary>The audio frame the recogniser's window started at. 0 when unknown.</summary>
    public int Seek { get => GetInteger("seek"); set => Set("seek", value); }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
