using Parley.Context;
using Parley.Conversations.Rules;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

/// <summary>What calls take is told with what came of them, and the stream has the sum.</summary>
public class ModelUsageTests
{
    private const string Question = "what does the ferry cost";
    private const string Cabins = """{"items": [{"segment": 1, "what": "book two cabins"}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_says_what_the_server_counted()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Counted((300, 20), "Nine euros."));
        await using var engine = new ModelEngine(server);
        var used = Single<WorkflowResultPayload>(await engine.HoldAsync(Question)).Used;
        Assert.Equal(new TokenUsage(1, 300, 20, TokenCounts.Server) { Model = "m" }, used);
        Assert.Equal(used, await TotalAsync(engine));
    }

    [Theory]
    [InlineData("m", "estimate")]
    [InlineData("gpt-4o", "tokenizer")]
    public async Task What_the_server_does_not_report_is_counted_here(string model, string countedBy)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("Nine euros, ", "internationalisation included."));
        await using var engine = new ModelEngine(server, client: new OpenAIChatClient(server.Endpoint, model));
        var used = Single<WorkflowResultPayload>(await engine.HoldAsync(Question)).Used!;
        Assert.Equal((1, countedBy), (used.Calls, used.CountedBy));
        ITokenCounter counter = model == "m" ? EstimatedTokenCounter.Instance : OpenAITokenCounter.For(model)!;
        Assert.Equal(counter.Count("Nine euros, internationalisation included."), used.OutputTokens);
        Assert.InRange(used.InputTokens, 200, 600);
    }

    [Fact]
    public async Task Every_attempt_counts()
    {
        var replies = new Queue<Reply>([Replies.Counted((100, 10), "no JSON"), Replies.Counted((120, 12), Cabins)]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server);
        var used = Single<WorkflowResultPayload>(await engine.HoldAsync("i will book two cabins")).Used;
        Assert.Equal(new TokenUsage(2, 220, 22, TokenCounts.Server) { Model = "m" }, used);
    }

    [Fact]
    public async Task A_failure_says_what_its_attempts_took()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Counted((100, 10), "no JSON"));
        await using var engine = new ModelEngine(server);
        var used = Single<WorkflowFailedPayload>(await engine.HoldAsync("i will book two cabins")).Used;
        Assert.Equal(new TokenUsage(2, 200, 20, TokenCounts.Server) { Model = "m" }, used);
        Assert.Equal(used, await TotalAsync(engine));
    }

    [Fact]
    public async Task The_parts_of_a_batch_are_the_whole()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Counted((301, 21), """{"items": []}"""));
        await using var engine = new ModelEngine(
            server, ModelEngine.AtOnce with { BatchSize = 2, BatchDelay = TimeSpan.FromMinutes(1) }, prices: Prices("EUR", 1, 1));
        var told = await engine.HoldAsync("i will book two cabins", "i will call the hotel");
        var parts = told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>().Select(result => result.Used!).ToList();
        Assert.Single(server.Requests);
        Assert.Equal(["1 151 11 0.000161", "0 150 10 0.000161"], parts.Select(part => FormattableString.Invariant($"{part.Calls} {part.InputTokens} {part.OutputTokens} {part.Cost:0.######}")));
        Assert.Equal(new TokenUsage(1, 301, 21, TokenCounts.Server) { Model = "m", Cost = 0.000322m, Currency = "EUR" }, await TotalAsync(engine));
    }

    [Fact]
    public async Task A_model_with_a_price_has_a_cost_and_another_has_none()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Counted((300, 20), "Nine euros."));
        await using var priced = new ModelEngine(server, prices: Prices("EUR", 0.15m, 0.6m));
        var used = Single<WorkflowResultPayload>(await priced.HoldAsync(Question)).Used!;
        Assert.Equal((0.000057m, "EUR"), (used.Cost, used.Currency));

        await using var other = new ModelEngine(server, prices: Prices("EUR", 0.15m, 0.6m, model: "n"));
        var unpriced = Single<WorkflowResultPayload>(await other.HoldAsync(Question)).Used!;
        Assert.Equal((null, null), (unpriced.Cost, unpriced.Currency));
    }

    [Fact]
    public async Task What_no_model_was_asked_for_used_nothing()
    {
        await using var server = await ModelServer.StartAsync(_ => throw new InvalidOperationException("It was asked."));
        await using var engine = new ModelEngine(server, limits: new LlmLimits { MaxCalls = 0 }, summarises: true);
        var told = await engine.HoldAsync(Question);
        Assert.Null(Single<WorkflowResultPayload>(told).Used);
        Assert.Null(Single<SummaryPayload>(told).Used);
        Assert.Null(await TotalAsync(engine));
    }

    [Fact]
    public async Task The_sum_is_of_all_work_and_summaries_and_survives_a_restart()
    {
        await using var server = await ModelServer.StartAsync(request => Replies.Counted((100, 10), request.IsSummary ? "Ferries." : "Nine euros."));
        var first = new ModelEngine(server, summarises: true, prices: Prices(null, 1_000, 1_000));
        var told = await first.HoldAsync(Question, "when does the train leave");
        await first.UntilAsync(state => state.OpenWork == 0);
        var total = await TotalAsync(first);
        Assert.Equal(new TokenUsage(1, 100, 10, TokenCounts.Server) { Model = "m", Cost = 0.11m }, Single<SummaryPayload>(told).Used);
        Assert.Equal(new TokenUsage(3, 300, 30, TokenCounts.Server) { Model = "m", Cost = 0.33m }, total);

        await using var second = new ModelEngine(server, log: await first.StopAsync());
        Assert.Equal(total, await TotalAsync(second));
    }

    private static ModelPrices Prices(string? currency, decimal input, decimal output, string model = "m") =>
        new() { Currency = currency, ByModel = new Dictionary<string, ModelPrice> { [model] = new(input, output) } };

    private static T Single<T>(IReadOnlyList<VisibleFact> told) => Assert.Single(told.Select(fact => fact.Payload).OfType<T>());

    private static Task<TokenUsage?> TotalAsync(ModelEngine engine) => engine.Directory.ReadAsync(ModelEngine.Stream, state => state.TotalUsage, Cancel);
}
