using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Telemetry;

namespace Parley.IntegrationTests.Llm;

public sealed class ModelSpanTests : IDisposable
{
    private readonly ConcurrentBag<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public ModelSpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ParleyTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_call_has_the_attributes_of_the_conventions()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Counted((300, 20), "Nine euros."));
        await using (var engine = new ModelEngine(server)) await engine.HoldAsync("what does the ferry cost");
        var span = SpanOf(server);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("parley.work", span.Parent?.OperationName);
        Assert.Equal(ModelEngine.Stream, span.Parent?.GetTagItem("parley.stream.id"));
        Assert.Equivalent(
            new Dictionary<string, object?>
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "openai",
                ["gen_ai.request.model"] = "m",
                ["gen_ai.request.max_tokens"] = 500,
                ["gen_ai.request.temperature"] = 0.0,
                ["gen_ai.output.type"] = "text",
                ["gen_ai.response.model"] = "m",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 300L,
                ["gen_ai.usage.output_tokens"] = 20L,
                ["server.address"] = "127.0.0.1",
                ["server.port"] = server.Endpoint.Port,
                ["parley.stream.id"] = ModelEngine.Stream,
                ["parley.workflow"] = "question",
                ["parley.counted_by"] = "server",
            },
            span.TagObjects.ToDictionary());
        ExpectNothingSaid(span);
    }

    [Fact]
    public async Task A_call_that_fails_says_why()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Status(401));
        await using (var engine = new ModelEngine(server)) await engine.HoldAsync("what does the ferry cost");
        var span = SpanOf(server);
        Assert.Equal(("not_authorized", ActivityStatusCode.Error), (span.GetTagItem("error.type"), span.Status));
        Assert.Null(span.GetTagItem("gen_ai.response.finish_reasons"));
        ExpectNothingSaid(span);
    }

    // Other tests trace, too.
    private Activity SpanOf(ModelServer server) =>
        Assert.Single(_ended, span => span.OperationName == "parley.llm" && server.Endpoint.Port.Equals(span.GetTagItem("server.port")));

    private static void ExpectNothingSaid(Activity span) => Assert.All(
        span.TagObjects.Select(tag => $"{tag.Value}").Append(span.DisplayName).Append(span.StatusDescription),
        text => Assert.False(text?.Contains("ferry", StringComparison.OrdinalIgnoreCase) == true || text?.Contains("euros", StringComparison.OrdinalIgnoreCase) == true));
}
