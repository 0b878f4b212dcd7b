using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.IntegrationTests.Llm;
using Parley.IntegrationTests.Llm.Habits;
using Parley.OpenAI;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>What a stream took of a model, as the server tells it.</summary>
public class UsageTests
{
    private static readonly (string, string?)[] Prices =
        [("Model:Currency", "EUR"), ("Model:Prices:0:Model", "m"), ("Model:Prices:0:InputPerMillion", "100"), ("Model:Prices:0:OutputPerMillion", "1000")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_and_figures_have_tokens_and_cost_also_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using var model = await ModelServer.StartAsync(_ => Replies.Counted((300, 20), "Nine euros."));
        await using var server = await StartAsync(model, folder.Path, Prices);
        using var tokens = new InstrumentSum(server, "parley.llm.tokens");
        var id = await AskAsync(server);
        const string Used = """{"calls":1,"input_tokens":300,"output_tokens":20,"counted_by":"server","model":"m","cost":0.05,"currency":"EUR"}""";
        Assert.Equal(Used, await UsedAsync(server, id));
        Assert.Equal(320, tokens.Value);
        var result = (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}/results"))["results"]!.AsArray().Single();
        Assert.Equal(Used, result!["used"]!.ToJsonString());

        await server.RestartAsync();
        Assert.Equal(Used, await UsedAsync(server, id));
    }

    [Fact]
    public async Task Results_name_the_prompt_and_say_why_an_answer_is_cut()
    {
        await using var model = await ModelServer.StartAsync(
            _ => Wire.Stream(Wire.Event(Wire.Delta("Nine")), Wire.End("\"length\""), Wire.Done));
        await using var server = await StartAsync(model, null);
        var result = await ResultAsync(server, await AskAsync(server));
        Assert.Equal(("done", "Nine", "length"), ((string)result["state"]!, (string)result["text"]!, (string)result["cut_reason"]!));
        Assert.StartsWith("answer@", (string)result["prompt"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_say_what_failed_work_took_and_add_what_its_answer_took()
    {
        var isWell = false;
        await using var model = await ModelServer.StartAsync(
            _ => isWell ? Replies.Counted((300, 20), "Nine euros.") : Replies.Refusal(401, "invalid_api_key", "no"));
        await using var server = await StartAsync(model, null);
        var id = await DeadLetterTests.AskedAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await ViewerTests.UntilAsync(events, "WORKFLOW_FAILED");
        var failed = await ResultAsync(server, id);
        Assert.Equal(
            ("failed", "not_authorized", 1),
            ((string)failed["state"]!, (string)failed["reason"]!, (int)failed["used"]!["calls"]!));
        Assert.Null(failed["text"]);

        isWell = true;
        await DeadLetterTests.RedriveAsync(server, "{}");
        await ViewerTests.UntilAsync(events, "WORKFLOW_RESULT");
        var done = await ResultAsync(server, id);
        Assert.Equal(("done", 2, 20), ((string)done["state"]!, (int)done["used"]!["calls"]!, (int)done["used"]!["output_tokens"]!));
    }

    [Fact]
    public async Task Without_a_price_no_cost_is_shown()
    {
        await using var model = await ModelServer.StartAsync(_ => Replies.Counted((300, 20), "Nine euros."));
        await using var server = await StartAsync(model, null);
        var used = JsonNode.Parse((await UsedAsync(server, await AskAsync(server)))!)!;
        Assert.Equal(["calls", "input_tokens", "output_tokens", "counted_by", "model"], used.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("Model:Currency", "euro", "Parley:Model:Currency must be an ISO 4217 code of three capital letters, such as EUR; it is euro.")]
    [InlineData("Model:Prices:0:InputPerMillion", "1", "Parley:Model:Prices:0:Model is required: the name of the model.")]
    [InlineData("Model:Prices:0:InputPerMillion", "-1", "Parley:Model:Prices:0:InputPerMillion must be from 0 to 1000000; it is -1.")]
    [InlineData("Model:Prices:0:OutputPerMillion", "much", "Parley:Model:Prices:0:OutputPerMillion must be a number; it is much.")]
    [InlineData("Model:Prices:0:Input", "1", "Parley:Model:Prices:0:Input is not a setting")]
    public async Task A_price_that_is_none_keeps_the_server_from_starting(string key, string value, string message)
    {
        var invalid = await Assert.ThrowsAnyAsync<Exception>(() => ParleyServer.StartAsync(settings: (key, value)));
        var failures = invalid is AggregateException several ? several.InnerExceptions.Cast<OptionsValidationException>() : [(OptionsValidationException)invalid];
        Assert.Contains(failures.SelectMany(failure => failure.Failures), failure => failure.StartsWith(message, StringComparison.Ordinal));
    }

    private static Task<ParleyServer> StartAsync(ModelServer model, string? folder, params (string, string?)[] settings) => ParleyServer.StartAsync(
        folder, builder => builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(model.Endpoint, "m")), [("Model:StartCheck", "Off"), .. settings]);

    private static async Task<string> AskAsync(ParleyServer server)
    {
        var id = await DeadLetterTests.AskedAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await ViewerTests.UntilAsync(events, "WORKFLOW_RESULT");
        return id;
    }

    private static async Task<JsonNode> ResultAsync(ParleyServer server, string id) =>
        (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}/results"))["results"]!.AsArray().Single()!;

    private static async Task<string?> UsedAsync(ParleyServer server, string id) =>
        (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["used"]?.ToJsonString();
}
