using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class TranscriptGoldenTests
{
    private static readonly Dictionary<string, JsonObject> Cases = Golden.Read("transcript_json.jsonl").ToDictionary(golden => (string)golden["name"]!);

    public static TheoryData<string> Documents => new(Cases.Keys.Where(name => Cases[name].ContainsKey("transcript")));

    public static TheoryData<string> Loads => new(Cases.Keys.Where(name => Cases[name].ContainsKey("load")));

    [Theory, MemberData(nameof(Documents))]
    public void A_document_built_in_code_has_the_reference_json(string name)
    {
        var expect = (string)Cases[name]["expect"]!["json_text"]!;
        var document = Build(Cases[name]["transcript"]!.AsObject());
        if (name.StartsWith("lossy/", StringComparison.Ordinal)) expect = WithWhatTheReferenceLoses(expect, document);
        Assert.Equal(expect, TranscriptJson.ToText(document));
    }

    [Theory, MemberData(nameof(Documents))]
    public void A_document_that_was_read_is_written_unchanged(string name)
    {
        var text = (string)Cases[name]["expect"]!["json_text"]!;
        Assert.Equal(text, TranscriptJson.ToText(TranscriptJson.Parse(text)));
    }

    [Theory, MemberData(nameof(Loads))]
    public void A_document_loads_as_the_reference_loads_it(string name)
    {
        var (load, expect) = (Cases[name]["load"]!.ToJsonString(), Cases[name]["expect"]!.AsObject());
        if (expect.ContainsKey("error"))
        {
            var path = name == "load/missing_text" ? "segments[0].text" : "segments";
            Assert.Equal(path, Assert.Throws<TranscriptFormatException>(() => TranscriptJson.Parse(load)).Path);
            return;
        }
        Assert.Equal(expect["transcript"]!.ToJsonString(), View(TranscriptJson.Parse(load)).ToJsonString());
    }

    [Fact]
    public void A_field_that_the_reference_drops_is_kept()
    {
        var load = Cases["load/unknown_fields_dropped"]["load"]!;
        Assert.True(JsonNode.DeepEquals(load, TranscriptJson.Parse(load.ToJsonString()).Json));
    }

    /// <summary>The reference drops the recogniser's figures, and writes turns of one kind with their fields in another order.</summary>
    private static string WithWhatTheReferenceLoses(string json, Transcript document)
    {
        var expect = TranscriptJson.Parse(json);
        if (document.DurationAfterVad is { } duration) expect.DurationAfterVad = duration;
        foreach (var (kept, lossy) in document.Segments.Zip(expect.Segments))
            foreach (var (name, value) in kept.Json.AsObject())
                if (!lossy.Json.AsObject().ContainsKey(name)) lossy.Json[name] = value?.DeepClone();
        foreach (var (kept, reordered) in (document.Turns ?? []).Zip(expect.Turns ?? []))
        {
            Assert.True(JsonNode.DeepEquals(kept.Json, reordered.Json));
            kept.Json.ReplaceWith(reordered.Json.DeepClone());
        }
        return TranscriptJson.ToText(expect);
    }

    /// <summary>As a user would build it; the times as the case has them, <c>0</c> or <c>0.0</c>.</summary>
    private static Transcript Build(JsonObject fields)
    {
        var document = new Transcript((string)fields["file_name"]!, (string)fields["language"]!, fields["segments"]!.AsArray().Select(Segment!));
        if (fields["meta"] is JsonObject meta) document.Meta = Copy(meta);
        if (fields["chunks"] is JsonArray chunks) document.Chunks = [.. chunks.Select(Chunk!)];
        if (fields["annotations"] is JsonObject annotations) document.Annotations = Copy(annotations);
        if (fields["duration_after_vad"] is { } duration) document.DurationAfterVad = (double)duration;
        if (fields["speakers"] is JsonArray speakers) document.Speakers = [.. speakers.Select(s => new TranscriptSpeaker((string)s!["id"]!, (string)s["label"]!))];
        if (fields["turns"] is JsonArray turns) document.Turns = [.. turns.Select(Turn!)];
        if (fields["speaker_stats"] is JsonArray stats) document.SpeakerStats = [.. stats.Select(Stats!)];
        return document;
    }

    private static TranscriptSegment Segment(JsonNode fields)
    {
        var segment = new TranscriptSegment((int)fields["id"]!, 0, 0, (string)fields["text"]!);
        foreach (var (name, value) in fields.AsObject()) segment.Json[name] = value?.DeepClone();
        return segment;
    }

    private static TranscriptTurn Turn(JsonNode fields)
    {
        var turn = new TranscriptTurn((string)fields["id"]!, (string)fields["speaker_id"]!, 0, 0, [], "");
        foreach (var (name, value) in fields.AsObject()) turn.Json[name] = value?.DeepClone();
        return turn;
    }

    private static SpeakerStats Stats(JsonNode fields)
    {
        var stats = new SpeakerStats((string)fields["speaker_id"]!);
        foreach (var (name, value) in fields.AsObject()) stats.Json[name] = value?.DeepClone();
        return stats;
    }

    private static TranscriptChunk Chunk(JsonNode fields)
    {
        var chunk = new TranscriptChunk((string)fields["id"]!, 0, 0, "");
        foreach (var (name, value) in fields.AsObject()) chunk.Json[name] = value?.DeepClone();
        return chunk;
    }

    private static JsonObject Copy(JsonObject node) => node.DeepClone().AsObject();

    /// <summary>All that the properties say, in the recorder's shape.</summary>
    private static JsonObject View(Transcript document) => new()
    {
        ["file_name"] = document.FileName,
        ["language"] = document.Language,
        ["segments"] = new JsonArray([.. document.Segments.Select(View)]),
        ["meta"] = document.Meta?.DeepClone(),
        ["annotations"] = document.Annotations?.DeepClone(),
        ["speakers"] = document.Speakers?.Json.DeepClone(),
        ["turns"] = document.Turns?.Json.DeepClone(),
        ["speaker_stats"] = document.SpeakerStats?.Json.DeepClone(),
        ["chunks"] = document.Chunks is { } chunks ? new JsonArray([.. chunks.Select(View)]) : null,
        ["duration_after_vad"] = document.DurationAfterVad,
    };

    private static JsonNode View(TranscriptSegment segment) => new JsonObject
    {
        ["id"] = segment.Id,
        ["start"] = segment.Json["start"]!.DeepClone(),
        ["end"] = segment.Json["end"]!.DeepClone(),
        ["text"] = segment.Text,
        ["speaker"] = segment.Speaker?.Json.DeepClone(),
        ["tone"] = segment.Tone,
        ["audio_state"] = segment.AudioState?.DeepClone(),
        ["words"] = segment.Words is { } words ? new JsonArray([.. words.Select(View)]) : null,
        ["tokens"] = segment.Tokens is { } tokens ? new JsonArray([.. tokens.Select(token => (JsonNode)token)]) : null,
        ["avg_logprob"] = Float(segment.AvgLogprob),
        ["compression_ratio"] = Float(segment.CompressionRatio),
        ["no_speech_prob"] = Float(segment.NoSpeechProb),
        ["temperature"] = Float(segment.Temperature),
        ["seek"] = segment.Seek,
    };

    private static JsonNode View(TranscriptWord word) => new JsonObject
    {
        ["word"] = word.Text,
        ["start"] = Float(word.Start),
        ["end"] = Float(word.End),
        ["probability"] = Float(word.Probability),
        ["speaker"] = word.Speaker?.Json.DeepClone(),
    };

    private static JsonNode View(TranscriptChunk chunk) => chunk.Json is JsonValue raw ? raw.DeepClone() : new JsonObject
    {
        ["id"] = chunk.Id,
        ["start"] = Float(chunk.Start),
        ["end"] = Float(chunk.End),
        ["segment_ids"] = new JsonArray([.. chunk.SegmentIds.Select(id => (JsonNode)id)]),
        ["turn_ids"] = new JsonArray([.. chunk.TurnIds.Select(id => (JsonNode)id)]),
        ["speaker_ids"] = new JsonArray([.. chunk.SpeakerIds.Select(id => (JsonNode)id)]),
        ["token_count_estimate"] = chunk.TokenCountEstimate,
        ["text"] = chunk.Text,
        ["crosses_turn_boundary"] = chunk.CrossesTurnBoundary,
        ["turn_boundary_count"] = chunk.TurnBoundaryCount,
        ["has_rapid_turn_taking"] = chunk.HasRapidTurnTaking,
        ["has_overlapping_speech"] = chunk.HasOverlappingSpeech,
    };

    private static JsonNode Float(double value) => JsonValues.From(value, "value");
}
