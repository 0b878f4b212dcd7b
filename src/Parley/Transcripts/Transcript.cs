using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>
/// The offline document of one conversation: slower-whisper's transcript JSON, schema version 2. Read and written by
/// <see cref="TranscriptJson"/>, made from a stream by <see cref="TranscriptBuilder"/>.
/// </summary>
public sealed class Transcript : TranscriptNode
{
    /// <summary>The version of the schema that new documents have.</summary>
    public const int SchemaVersion = 2;

    private static readonly string[] Order =
    [
        "schema_version", "file", "language", "meta", "segments", "annotations", "speakers", "turns", "speaker_stats", "chunks",
        "duration_after_vad",
    ];

    private readonly IReadOnlyDictionary<JsonNode, int> _numbers;
    private TranscriptList<TranscriptSegment>? _segments;
    private TranscriptList<TranscriptSpeaker>? _speakers;
    private TranscriptList<TranscriptTurn>? _turns;
    private TranscriptList<SpeakerStats>? _speakerStats;
    private TranscriptList<TranscriptChunk>? _chunks;

    /// <summary>Makes a document with its segments and no tables.</summary>
    /// <param name="fileName">Where the conversation came from.</param>
    /// <param name="language">Its language, as a code such as <c>en</c>; empty when unknown.</param>
    /// <param name="segments">Its segments, in the order they are to have. None by default.</param>
    public Transcript(string fileName = "", string language = "", params IEnumerable<TranscriptSegment> segments)
        : this(new JsonObject
        {
            ["schema_version"] = SchemaVersion,
            ["file"] = fileName,
            ["language"] = language,
            ["meta"] = new JsonObject(),
            ["segments"] = new JsonArray(),
        }, FrozenDictionary<JsonNode, int>.Empty, [])
    {
        foreach (var segment in segments) Segments.Add(segment);
    }

    /// <param name="json">The document as it was read.</param>
    /// <param name="numbers">The numbers of segments whose ids are not whole numbers.</param>
    /// <param name="warnings">What the reader did about what was missing.</param>
    internal Transcript(JsonObject json, IReadOnlyDictionary<JsonNode, int> numbers, IReadOnlyList<TranscriptWarning> warnings) : base(json)
    {
        (_numbers, Warnings) = (numbers, warnings);
        if (!json.ContainsKey("segments")) Set("segments", new JsonArray());
    }

    /// <summary>
    /// Gets what the reader found missing or unusual in the document, and what it did about it. Empty for a document that is as it
    /// should be, and for one that was made in code.
    /// </summary>
    public IReadOnlyList<TranscriptWarning> Warnings { get; }

    /// <summary>
    /// Gets or sets where the conversation came from. Read from <c>file</c>, or from <c>file_name</c> where <c>file</c> is missing or
    /// empty.
    /// </summary>
    public string FileName
    {
        get => GetText("file") is { Length: > 0 } file ? file : GetText("file_name") ?? "";
        set
        {
            var hasAlias = Fields!.ContainsKey("file_name");
            if (!hasAlias || Fields.ContainsKey("file")) Set("file", value);
            if (hasAlias) Set("file_name", value);
        }
    }

    /// <summary>The language, as a code such as <c>en</c>; empty when unknown.</summary>
    public string Language { get => GetText("language") ?? ""; set => Set("language", value); }

    /// <summary>The segments, in the order of the document.</summary>
    public TranscriptList<TranscriptSegment> Segments =>
        GetList(ref _segments, "segments", json => new TranscriptSegment((JsonObject)json, _numbers.GetValueOrDefault(json)))!;

    /// <summary>What the maker says about the document. Empty in a new one; null when one was read that has none.</summary>
    public JsonObject? Meta { get => Fields!["meta"] as JsonObject; set => Set("meta", value); }

    /// <summary>Who speaks. Null when the document has no such table.</summary>
    public TranscriptList<TranscriptSpeaker>? Speakers
    {
        get => GetList(ref _speakers, "speakers", json => new TranscriptSpeaker(json));
        set => SetList(ref _speakers, "speakers", value);
    }

    /// <summary>Neighbouring segments of one speaker, joined. Null when the document has no such table.</summary>
    public TranscriptList<TranscriptTurn>? Turns
    {
        get => GetList(ref _turns, "turns", json => new TranscriptTurn(json));
        set => SetList(ref _turns, "turns", value);
    }

    /// <summary>Figures of each speaker. Null when the document has no such table.</summary>
    public TranscriptList<SpeakerStats>? SpeakerStats
    {
        get => GetList(ref _speakerStats, "speaker_stats", json => new SpeakerStats(json));
        set => SetList(ref _speakerStats, "speaker_stats", value);
    }

    /// <summary>Pieces of the conversation cut for retrieval. Null when the document has no such table.</summary>
    public TranscriptList<TranscriptChunk>? Chunks
    {
        get => GetList(ref _chunks, "chunks", json => new TranscriptChunk(json));
        set => SetList(ref _chunks, "chunks", value);
    }

    /// <summary>Seconds of audio left after the silence was cut. Null when unknown.</summary>
    public double? DurationAfterVad
    {
        get => JsonValues.Number(Fields!["duration_after_vad"]);
        set => SetNumber("duration_after_vad", value);
    }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
