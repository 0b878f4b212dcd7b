using Parley.Protocol;

namespace Parley.IntegrationTests.Llm;

public class ExtractionTests
{
    private const string Right = """{"items": [{"segment": 1, "what": "book two cabins", "who": null, "due": null}]}""";

    [Theory]
    [InlineData("I would say: nothing, secretly.", "it has no JSON")]
    [InlineData("""{"items": [{"segment": 4, "what": "secretly"}]}""", "items[0].segment is not a number from 1 to 1")]
    [InlineData("""{"items": [{"segment": 1, "what": "secretly"}, {"segm""", "its JSON ends too early")]
    public async Task An_answer_that_cannot_be_used_is_asked_for_again_with_what_was_wrong(string wrong, string error)
    {
        var replies = new Queue<Reply>([Replies.Counted((100, 10), wrong), Replies.Counted((120, 12), Right)]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server);
        var told = await engine.HoldAsync("i will book two cabins");
        Assert.Equal("book two cabins", Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>()).Text);

        Assert.Equal(2, server.Requests.Count);
        var (first, second) = (server.Requests[0], server.Requests[1]);
        Assert.Equal($"{first.User}\n\nYour previous reply could not be used: {error}. Reply again, with JSON alone.", second.User);
        Assert.Equal(first.System, second.System);
        Assert.DoesNotContain("secretly", second.User, StringComparison.Ordinal);

        // Both are in the stream's budget.
        Assert.Equal((2, 220, 22), engine.Model.Budget.UsageOf(ModelEngine.Stream) is var used ? (used.Calls, used.InputTokens, used.OutputTokens) : default);
    }

    [Fact]
    public async Task The_attempts_of_an_item_are_not_more_for_it()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("no JSON"));
        await using var engine = new ModelEngine(server, ModelEngine.AtOnce with { MaxAttempts = 3 });
        var told = await engine.HoldAsync("i will book two cabins");
        var failed = Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowFailedPayload>());
        Assert.Equal(("invalid_answer", 3), (failed.Reason, failed.Attempts));
        Assert.Equal([false, true, true], server.Requests.Select(request => request.User.Contains("could not be used: it has no JSON.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_attempt_after_another_kind_of_failure_is_asked_as_the_first()
    {
        var replies = new Queue<Reply>([Replies.Answer("no JSON"), Replies.Status(500), Replies.Answer(Right)]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server, ModelEngine.AtOnce with { MaxAttempts = 3 });
        await engine.HoldAsync("i will book two cabins");
        Assert.Equal(server.Requests[0].User, server.Requests[2].User);
    }

    [Fact]
    public async Task A_schema_says_what_is_wanted()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer(Right));
        await using var engine = new ModelEngine(server);
        await engine.HoldAsync("i will book two cabins");
        var format = Assert.Single(server.Requests).Body["response_format"]!;
        Assert.Equal("json_schema", (string?)format["type"]);
        Assert.Equal("items", (string?)format["json_schema"]!["name"]);
        Assert.NotNull(format["json_schema"]!["schema"]!["properties"]!["items"]);
    }

    [Fact]
    public async Task A_bad_item_is_left_out_and_counted()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer(
            """{"items": [{"segment": 1, "what": "book two cabins"}, {"segment": 1, "what": {"text": "x"}}]}"""));
        await using var engine = new ModelEngine(server);
        var told = await engine.HoldAsync("i will book two cabins");
        var result = Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>());
        Assert.Equal("""{"actions":[{"what":"book two cabins","who":null,"due":null}],"invalid_items":1}""", result.Data!.Value.GetRawText());
    }
}
