using System.Text.Json;
using Parley.Work;
using Reader = Parley.Work.Extraction;

namespace Parley.Tests.Work.Extraction;

public class ExtractionTests
{
    private const string Right = """{"items": [{"segment": 1, "what": "book two cabins", "who": "ben", "due": null}]}""";

    [Theory]
    [InlineData(Right)]
    [InlineData("```json\n" + Right + "\n```")]
    [InlineData("Here are the items [of two segments] {as asked}:\n\n" + Right + "\n\nI hope this helps {a bit}.")]
    [InlineData("""[{"segment": 1, "what": "book two cabins", "who": "ben", "due": null}]""")]
    [InlineData("""{"segment": 1, "what": "book two cabins", "who": "ben", "due": null}""")]
    [InlineData("""{"items": {"segment": 1, "what": "book two cabins", "who": "ben"}}""")]
    [InlineData("""{"action_items": [{"segment": 1, "what": "book two cabins", "who": "ben"}], "count": 1}""")]
    [InlineData("""{"items": [{"segment": "1", "what": "book two cabins", "who": "ben"}]}""")]
    [InlineData("""{"items": [{"segment": "1.", "what": "book two cabins", "who": "ben"}]}""")]
    [InlineData("""{"items": [{"segment": 1.0, "what": "book two cabins", "who": "ben"}]}""")]
    [InlineData("""{"items": [{"segment": 1, "what": "book two cabins", "who": "ben", "due": "",},],}""")]
    [InlineData("""{'items': [{'segment': 1, 'what': 'book two cabins', 'who': "ben", 'due': None}]}""")]
    [InlineData("{ // the list\n\"items\": [/* one */{\"segment\": 1, \"what\": \"book two cabins\", \"who\": \"ben\"}]}")]
    [InlineData("{\"items\": [{\"segment\": 1, \"what\": \"book two\ncabins\", \"who\": \"ben\"}]}")]
    [InlineData(Right + "\n{\"note\": \"cut off he")]
    public void Json_that_is_almost_right_is_read(string answer)
    {
        var found = Reader.Read(answer, segments: 2);
        Assert.Equal(new Extracted("book two cabins", "ben", null), Assert.Single(found[0].Items));
        Assert.Empty(found[1].Items);
        Assert.All(found, of => Assert.Equal(0, of.Invalid));
    }

    [Theory]
    [InlineData("""{"items": []}""")]
    [InlineData("[]")]
    [InlineData("There are none: []")]
    [InlineData("""{"items": null}""")]
    public void An_answer_may_have_no_items(string answer) =>
        Assert.All(Reader.Read(answer, segments: 2), of => Assert.Equal((0, 0), (of.Items.Count, of.Invalid)));

    [Fact]
    public void Objects_one_after_the_other_are_items()
    {
        var found = Reader.Read("""
            {"segment": 1, "what": "book two cabins"}
            {"segment": 2, "what": "don't take the train"}
            """, segments: 2);
        Assert.Equal(["book two cabins", "don't take the train"], found.Select(of => of.Items.Single().What));
    }

    [Theory]
    [InlineData("""{"segment": 1}""", 0)]
    [InlineData("""{"segment": 2, "what": " "}""", 1)]
    [InlineData("""{"segment": 2, "what": {"text": "x"}}""", 1)]
    [InlineData("""{"segment": 2, "what": "x", "who": ["ana", "ben"]}""", 1)]
    [InlineData("""{"segment": 2, "what": "x", "what": "y"}""", 1)]
    [InlineData("""{"segment": 2, "what": "x\ud800"}""", 1)]
    [InlineData("""{"segment": 3, "what": "x"}""", 0)]
    [InlineData("""{"segment": -1, "what": "x"}""", 0)]
    [InlineData("""{"segment": 1.5, "what": "x"}""", 0)]
    [InlineData("""{"segment": 1e999, "what": "x"}""", 0)]
    [InlineData("""{"segment": null, "what": "x"}""", 0)]
    [InlineData("""{"what": "x"}""", 0)]
    [InlineData("\"x\"", 0)]
    [InlineData("null", 0)]
    public void A_bad_item_is_counted_and_the_good_ones_are_kept(string bad, int at)
    {
        var answer = $$"""{"items": [{"segment": 1, "what": "a"}, {{bad}}, {"segment": 2, "what": "b"}]}""";
        var found = Reader.Read(answer, segments: 2);
        Assert.Equal(["a", "b"], found.SelectMany(of => of.Items).Select(item => item.What));
        Assert.Equal([at == 0 ? 1 : 0, at == 1 ? 1 : 0], found.Select(of => of.Invalid));
    }

    [Fact]
    public void What_was_left_out_is_in_the_result()
    {
        Assert.Equal("""{"actions":[{"what":"a","who":null,"due":null}],"invalid_items":2}""", Reader.Json("actions", [new("a", null, null)], 2).GetRawText());
        Assert.Equal("""{"actions":[]}""", Reader.Json("actions", []).GetRawText());
    }

    [Theory]
    [InlineData("There is nothing secret to do.", "it has no JSON")]
    [InlineData("", "it has no JSON")]
    [InlineData("{secret}", "it has no JSON")]
    [InlineData("""{"answer": "secret"}""", "it has no array items")]
    [InlineData("""{"items": "secret"}""", "it has no array items")]
    [InlineData("""{"items": [{"segment": 1, "what": "secret"}, {"segm""", "its JSON ends too early")]
    [InlineData("""{"segment": 1, "what": "secret"} {"segm""", "its JSON ends too early")]
    [InlineData("{\"items\": [\n  {\"segment\": 1, \"secret\"}]}", "its JSON has an error in line 2, column 26")]
    [InlineData("""{"items": [{"segment": 1, "what": "secret"}]} {"items": []}""", "it has more than one list of items")]
    [InlineData("""{"items": [], "items": [{"segment": 1, "what": "secret"}]}""", "it.items comes twice")]
    [InlineData("""{"items": [{"segment": 7, "what": "secret"}]}""", "items[0].segment is not a number from 1 to 2")]
    [InlineData("""{"items": [{"segment": 1, "what": "secret", "who": ["secret"]}]}""", "items[0].who is not a text")]
    [InlineData("""{"items": [{"segment": 1}, {"segment": 9, "what": "secret"}]}""", "items[0].what is missing")]
    [InlineData("""{"items": ["secret"]}""", "items[0] is not an object")]
    [InlineData("""{"items": [{"segment": 1, "what": "secret\ud800"}]}""", "items[0] has characters that are not valid")]
    [InlineData("""{"\ud800": "secret"}""", "it has characters that are not valid")]
    public void What_cannot_be_read_is_an_error_that_names_the_place_and_quotes_nothing(string answer, string problem)
    {
        var invalid = Assert.Throws<InvalidAnswerException>(() => Reader.Read(answer, segments: 2));
        Assert.Equal(problem, invalid.Correction);
        Assert.DoesNotContain("secret", invalid.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_items_or_too_long_a_text_are_not_what_was_asked_for()
    {
        var item = """{"segment": 1, "what": "a"}""";
        Assert.Equal(50, Reader.Read($"[{string.Join(',', Enumerable.Repeat(item, 50))}]", 1)[0].Items.Count);
        var many = Assert.Throws<InvalidAnswerException>(() => Reader.Read($"[{string.Join(',', Enumerable.Repeat(item, 51))}]", 1));
        Assert.Equal("items has more than 50 entries", many.Correction);
        var found = Reader.Read($$"""[{{item}}, {"segment": 1, "what": "{{new string('a', 501)}}"}]""", 1)[0];
        Assert.Equal((1, 1), (found.Items.Count, found.Invalid));
    }

    [Fact]
    public void A_schema_asks_for_what_is_read()
    {
        var schema = Assert.IsType<Microsoft.Extensions.AI.ChatResponseFormatJson>(Reader.Format).Schema!.Value;
        var item = schema.GetProperty("properties").GetProperty("items").GetProperty("items");
        Assert.Equal(["segment", "what", "who", "due"], item.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.False, item.GetProperty("additionalProperties").ValueKind);
    }
}
