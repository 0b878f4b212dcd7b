using System.Globalization;
using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

/// <summary>Text and numbers, as Python writes and reads them in the reference.</summary>
public sealed class ReferenceVectorTests
{
    private static readonly JsonObject[] Json = [.. Golden.Read("reference_json.jsonl")];

    [Fact]
    public void Every_character_is_written_as_the_reference_writes_it() =>
        Assert.All(Json.Where(vector => vector.ContainsKey("value")), vector =>
        {
            var (value, expected) = (vector["value"]!.GetValue<string>(), vector["json"]!.GetValue<string>());
            Assert.Equal(expected, Written(value));
            Assert.Equal(expected, Written(JsonNode.Parse(vector["value"]!.ToJsonString())));
            var named = new Transcript { Json = { [value + "!"] = 1 } };
            Assert.Contains($"\n  {expected[..^1]}!\": 1", TranscriptJson.ToText(named), StringComparison.Ordinal);
        });

    [Fact]
    public void Every_number_is_written_as_the_reference_writes_it() =>
        Assert.All(Json.Where(vector => vector.ContainsKey("bits")), vector =>
        {
            var bits = long.Parse(vector["bits"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            var (number, expected) = (BitConverter.Int64BitsToDouble(bits), vector["json"]!.GetValue<string>());
            Assert.Equal(expected, Written(number));
            Assert.Equal(expected, new TranscriptSegment(0, number, 0, "").Json["start"]!.ToJsonString());
            Assert.Equal(bits, BitConverter.DoubleToInt64Bits(TranscriptJson.Parse(
                $$"""{"segments":[{"id":0,"start":{{expected}},"end":0,"text":""}]}""").Segments[0].Start));
        });

    [Theory]
    [InlineData(7, "7")]
    [InlineData(7L, "7")]
    [InlineData(true, "true")]
    [InlineData('x', "\"x\"")]
    public void Other_values_put_in_by_hand_are_written(object value, string expected) =>
        Assert.Equal(expected, Written(value switch
        {
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            bool flag => JsonValue.Create(flag),
            _ => JsonValue.Create((char)value),
        }));

    [Theory]
    [InlineData("-0")]
    [InlineData("1e3")]
    [InlineData("1.50")]
    [InlineData("1E+400")]
    [InlineData("12345678901234567890")]
    public void A_number_that_was_read_keeps_its_digits(string number) => Assert.Equal(number, Written(JsonNode.Parse(number)));

    [Fact]
    public void JSON_Lines_leaves_characters_as_they_are_too()
    {
        var transcript = new Transcript("", "", new TranscriptSegment(0, 0.5, 1e16, "\ud83d\udeb2 \u2028 \u007f \u001b <b>"));
        Assert.Equal(
            """{"id":0,"start":0.5,"end":1e+16,"text":"BIKE \u001b <b>","speaker":null,"tone":null,"audio_state":null}"""
                .Replace("BIKE", "\ud83d\udeb2 \u2028 \u007f", StringComparison.Ordinal) + "\n",
            string.Concat(TranscriptExporter.Pieces(transcript, TranscriptFormat.JsonLines)));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Assert.Equal("a\ufffd", WrittenAndRead("a\ud83d"));
        Assert.Equal("\ufffd\ud83d\udeb2", WrittenAndRead("\udeb2\ud83d\udeb2"));

        static string WrittenAndRead(string text) =>
            TranscriptJson.Parse(TranscriptJson.ToText(new Transcript("", "", new TranscriptSegment(0, 0, 1, text)))).Segments[0].Text;
    }

    [Fact]
    public void A_number_that_cannot_be_JSON_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => TranscriptJson.ToText(new Transcript { Meta = new JsonObject { ["x"] = double.NaN } }));

    [Fact]
    public void Ids_that_are_numbers_are_read_as_the_reference_reads_them() =>
        Assert.All(Golden.Read("reference_names.jsonl").Where(vector => vector.ContainsKey("raw")), vector =>
        {
            var segment = $$$"""{"id":0,"start":0,"end":1,"text":"","speaker":{"id":{{{vector["raw"]!.GetValue<string>()}}}}}""";
            var document = TranscriptJson.Parse($$"""{"segments":[{{segment}}]}""");
            Assert.Equal(vector["text"]!.GetValue<string>(), document.Segments[0].SpeakerId);
        });

    [Fact]
    public void Names_are_sorted_by_code_point()
    {
        var vector = Golden.Case("reference_names.jsonl", "sorted");
        Assert.Equal(Texts(vector["sorted"]!), Texts(vector["texts"]!).Order(CodePointOrder.Instance));
    }

    private static string Written(JsonNode? value)
    {
        var document = new Transcript { Json = { ["x"] = value } };
        var text = TranscriptJson.ToText(document);
        const string Before = "\"x\": ";
        return text[(text.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..^2];
    }

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(text => text!.GetValue<string>());
}
