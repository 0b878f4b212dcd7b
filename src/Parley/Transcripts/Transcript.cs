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
        })
    {
        foreach (var segment in segments) Segments.Add(segment);
    }

    internal Transcript(JsonObject json) : base(json) { }

    /// <summary>Where the conversation came from. Read from <c>file</c>, or from <c>file_name</c> where there is no <c>file</c>.</summary>
    public string FileName
    {
        get => GetText("file") ?? GetText("file_name") ?? "";
        set => Set(Fields!.ContainsKey("file_name") && !Fields.ContainsKey("file") ? "file_name" : "file", value);
    }

    /// <summary>The language, as a code such as <c>en</c>; empty when unknown.</summary>
    public string Language { get => GetText("language") ?? ""; set => Set("language", value); }

    /// <summary>The segments, in the order of the document.</summary>
    public TranscriptList<TranscriptSegment> Segments =>
        GetList(ref _segments, "segments", json => new TranscriptSegment((JsonObject)json))!;

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
