using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Tests.Protocol;

public class StreamDescriptionTests
{
    private const string Whole = """
        {"external_id":"crm/4711 – Ž","title":"Ferry bookings","participants":[{"name":"Ana","id":"ana","role":"agent"},{"name":"Ben"}],
        "labels":{"team":"sales","urgent":""},"language":"en-GB","metadata":{"ticket":{"id":7,"open":null}}}
        """;

    [Fact]
    public void Every_field_is_read_and_written_as_it_was()
    {
        var description = Parse(Whole);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Whole), JsonNode.Parse(description.ToUtf8())));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Whole), JsonNode.Parse(StreamDescription.Read(description.ToUtf8()).ToUtf8())));
        Assert.Equal(StreamDescription.FieldNames.Order(), JsonNode.Parse(Whole)!.AsObject().Select(field => field.Key).Order());
    }

    [Fact]
    public void What_is_empty_or_null_is_none() => Assert.Equal(
        StreamDescription.None, Parse("""{"external_id":null,"title":null,"participants":[],"labels":{},"language":null,"metadata":{},"max_gap_sec":1}"""));

    [Fact]
    public void The_log_keeps_a_description_and_finds_it_by_key_and_by_value()
    {
        var metadata = Parse(Whole).ToMetadata(revision: 3);
        metadata.Check();
        Assert.Equal(("crm/4711 – Ž", 3), (metadata.ExternalId, metadata.Revision));
        Assert.Equal(["team", "urgent", "team:sales", "urgent:"], metadata.Labels);
        Assert.DoesNotContain("crm", Encoding.UTF8.GetString(metadata.Details.Span), StringComparison.Ordinal);
        Assert.Equal(Parse(Whole).ToUtf8(), metadata.ToDescription().ToUtf8());
        Assert.Equal(StreamDescription.None, StreamMetadata.None.ToDescription());
    }

    [Fact]
    public void The_largest_of_each_field_is_taken_and_one_more_is_not()
    {
        AssertBound("external_id", 256, length => $$$"""{"external_id":"{{{new string('x', length)}}}"}""");
        AssertBound("title", 256, length => $$$"""{"title":"{{{new string('x', length)}}}"}""");
        AssertBound("language", 35, length => $$$"""{"language":"{{{new string('x', length)}}}"}""");
        AssertBound("participants", 100, count => $$$"""{"participants":[{{{Many(count, _ => """{"name":"A"}""")}}}]}""");
        AssertBound("name", 256, length => $$$"""{"participants":[{"name":"{{{new string('x', length)}}}"}]}""");
        AssertBound("id", 256, length => $$$"""{"participants":[{"name":"A","id":"{{{new string('x', length)}}}"}]}""");
        AssertBound("role", 64, length => $$$"""{"participants":[{"name":"A","role":"{{{new string('x', length)}}}"}]}""");
        AssertBound("labels", 32, count => $$$"""{"labels":{ {{{Many(count, i => $"\"k{i}\":\"v\"")}}} }}""");
        AssertBound("labels: a key", 63, length => $$$"""{"labels":{"{{{new string('k', length)}}}":"v"}}""");
        AssertBound("labels: a value", 64, length => $$$"""{"labels":{"k":"{{{new string('v', length)}}}"}}""");
        AssertBound("metadata", 16, depth => $$$"""{"metadata":{"a":{{{new string('[', depth - 1)}}}{{{new string(']', depth - 1)}}}}}""");
        AssertBound("metadata", 16384, size => $$$"""{"metadata":{"a":"{{{new string('x', size - """{"metadata":{"a":""}}""".Length)}}}"}}""");
    }

    [Theory]
    [InlineData("""{"external_id":7}""", "external_id is not a string.")]
    [InlineData("""{"external_id":""}""", "external_id")]
    [InlineData("""{"external_id":"."}""", "external_id")]
    [InlineData("""{"external_id":".."}""", "external_id")]
    [InlineData("""{"external_id":"str-secret"}""", "external_id")]
    [InlineData("""{"external_id":"secret\u0000"}""", "external_id")]
    [InlineData("""{"title":""}""", "title is not 1 to 256 characters.")]
    [InlineData("""{"participants":{"name":"secret"}}""", "participants")]
    [InlineData("""{"participants":["secret"]}""", "participants")]
    [InlineData("""{"participants":[{"id":"secret"}]}""", "participants: name is missing.")]
    [InlineData("""{"participants":[{"name":"secret","mail":"secret"}]}""", "participants")]
    [InlineData("""{"participants":[{"name":"secret","role":1}]}""", "participants: role is not a string.")]
    [InlineData("""{"labels":["secret"]}""", "labels")]
    [InlineData("""{"labels":{"k":1}}""", "labels is not an object of strings.")]
    [InlineData("""{"labels":{"sec:ret":"v"}}""", "labels: a key")]
    [InlineData("""{"labels":{"sec=ret":"v"}}""", "labels: a key")]
    [InlineData("""{"labels":{"k":"a","k":"secret"}}""", "labels: a key is given twice.")]
    [InlineData("""{"language":"secret secret"}""", "language")]
    [InlineData("""{"metadata":["secret"]}""", "metadata is not a JSON object.")]
    [InlineData("""{"metadata":{"a":{"secret":1,"secret":2}}}""", "metadata: a name is given twice")]
    public void What_is_wrong_is_named_and_nothing_is_repeated(string json, string named)
    {
        var error = Assert.Throws<ProtocolException>(() => Parse(json));
        Assert.Equal(ErrorCodes.InvalidConfig, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static void AssertBound(string field, int most, Func<int, string> json)
    {
        Parse(json(most));
        var error = Assert.Throws<ProtocolException>(() => Parse(json(most + 1)));
        Assert.Equal(ErrorCodes.InvalidConfig, error.Code);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.Contains(most.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    private static string Many(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static StreamDescription Parse(string json) => StreamDescription.Parse(JsonDocument.Parse(json).RootElement);
}
