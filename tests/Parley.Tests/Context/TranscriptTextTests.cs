using System.Text.Json.Nodes;
using Parley.Context;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Context;

public class TranscriptTextTests
{
    public static TheoryData<string> Vectors => Golden.Names("llm_render.jsonl");

    [Theory, MemberData(nameof(Vectors))]
    public void As_the_reference(string name)
    {
        var vector = Golden.Case("llm_render.jsonl", name);
        var json = vector["transcript"]!.DeepClone().AsObject();
        json["schema_version"] = 2;
        var transcript = TranscriptJson.Parse(json.ToJsonString());
        var options = vector["options"]!.AsObject();
        var labels = options["speaker_labels"] is JsonObject names ? names.ToDictionary(n => n.Key, n => n.Value!.GetValue<string>()) : null;
        bool? Flag(string option) => options[option]?.GetValue<bool>();

        IEnumerable<string> text = vector["function"]!.GetValue<string>() switch
        {
            "render_segment" => transcript.Segments.Select(segment =>
                TranscriptText.Segment(segment, Flag("include_audio_cues") ?? true, Flag("include_timestamps") ?? false, labels)),
            "render_conversation_for_llm" =>
            [
                TranscriptText.Conversation(transcript, options["mode"]?.GetValue<string>() is null or "turns", Flag("include_audio_cues") ?? true,
                    Flag("include_timestamps") ?? false, Flag("include_metadata") ?? true, labels),
            ],
            "render_conversation_compact" => [TranscriptText.Compact(transcript, options["max_tokens"]?.GetValue<int>(), labels)],
            "to_turn_view" =>
                [TranscriptText.TurnView(transcript, Flag("include_audio_state") ?? true, Flag("include_timestamps") ?? true, labels)],
            "to_speaker_summary" => [TranscriptText.Speakers(transcript, labels)],
            var function => throw new InvalidOperationException(function),
        };
        var expected = vector["expect"] is JsonArray many ? many.Select(one => one!.GetValue<string>()) : [vector["expect"]!.GetValue<string>()];
        Assert.Equal(expected, text);
    }

    [Fact]
    public void Truncation_counts_characters_not_halves_of_them()
    {
        var transcript = new Transcript("", "", new TranscriptSegment(0, 0, 1, "🚀🚀🚀🚀", "a"));
        Assert.Equal("a: 🚀\n[...truncated]", TranscriptText.Compact(transcript, maxTokens: 1));
    }

    [Theory]
    [InlineData(0.25, 1, "0.2")]
    [InlineData(0.75, 1, "0.8")]
    [InlineData(0.35, 1, "0.3")]
    [InlineData(2.35, 1, "2.4")]
    [InlineData(-0.25, 1, "-0.2")]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(118.5, 0, "118")]
    [InlineData(119.5, 0, "120")]
    [InlineData(100_000_000_000.25, 1, "100000000000.2")]
    public void Numbers_as_C_writes_them(double value, int decimals, string expected) => Assert.Equal(expected, FixedPoint.Format(value, decimals));
}
