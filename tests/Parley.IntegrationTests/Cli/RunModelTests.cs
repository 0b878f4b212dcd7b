using System.Text.Json.Nodes;
using Parley.IntegrationTests.Llm;
using Parley.Tests.Cli;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

/// <summary><c>parley run --llm</c>: what a model did, what it did not, and what it cost.</summary>
public sealed class RunModelTests : IDisposable
{
    private const string Chunks = """
        {"start":0,"end":2,"text":"What does the ferry cost?","speaker_id":"ana"}
        {"start":4,"end":6,"text":"I'll book two cabins tonight.","speaker_id":"ben"}
        """;

    private const string Cabins = """{"items": [{"segment": 1, "what": "book two cabins"}, {"segment": 1, "what": "call the port"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Work_that_failed_is_listed_counted_and_in_the_exit_code(bool isKept)
    {
        await using var model = await ModelServer.StartAsync(request =>
            IsQuestion(request) ? Replies.Refusal(401, "invalid_api_key", "no") : Answer(request));
        var run = await RunAsync(model, Chunks, isKept ? ["--data", _folder.At("data")] : []);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("\n  -> question: failed (not_authorized, HTTP 401 invalid_api_key)\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  -> action_item: book two cabins\n  -> action_item: call the port\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nThe model did 2 of 3 pieces of work: 1 failed (not_authorized).\n", run.Error, StringComparison.Ordinal);
        var hint = isKept
            ? $"\nTo try them again: parley redrive --data {_folder.At("data")} --llm URL --model NAME\n"
            : "\nWith --data DIR the conversation is kept, and parley redrive can try them again.\n";
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        var report = Report();
        Assert.Equal((3, 2, 1), ((int)report["work_routed"]!, (int)report["work_done"]!, (int)report["work_failed"]!));
        Assert.Equal("""{"not_authorized":1}""", report["work_reasons"]!.ToJsonString());
    }

    [Fact]
    public async Task A_summary_that_failed_is_told_as_well()
    {
        await using var model = await ModelServer.StartAsync(request =>
            request.IsSummary ? Replies.Refusal(401, "invalid_api_key", "no") : Answer(request));
        var run = await RunAsync(model, Chunks);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("  -> summary: not written (not_authorized, HTTP 401 invalid_api_key)\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("The model did 2 of 3 pieces of work: 1 failed (not_authorized).", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_work_is_done_nothing_is_said_of_it_and_a_refused_chunk_counts_first()
    {
        await using var model = await ModelServer.StartAsync(Answer);
        var run = await RunAsync(model, Chunks);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("pieces of work", run.Error, StringComparison.Ordinal);

        await using var broken = await ModelServer.StartAsync(_ => Replies.Refusal(401, "invalid_api_key", "no"));
        var refused = await RunAsync(broken, $"no chunk\n{Chunks}");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("The model did 0 of 3 pieces of work: 3 failed (not_authorized).", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_prices_the_report_has_the_cost()
    {
        await using var model = await ModelServer.StartAsync(request => Replies.Counted((1_000, 100), Text(request)));
        await RunAsync(model, Chunks, "--input-price", "0.5", "--output-price", "10", "--currency", "EUR");
        Assert.Equal((0.0045m, "EUR"), ((decimal)Report()["used"]!["cost"]!, (string)Report()["used"]!["currency"]!));
    }

    [Theory]
    [InlineData("--input-price must be from 0 to 1000000, not 'cheap'", "--input-price", "cheap")]
    [InlineData("--output-price must be from 0 to 1000000, not '-1'", "--output-price", "-1")]
    [InlineData("--currency must be a code of three capital letters, such as EUR, not 'euro'", "--currency", "euro")]
    [InlineData("--currency needs --input-price or --output-price", "--currency", "EUR")]
    [InlineData("a price needs a model: --llm URL --model NAME", "--input-price", "1")]
    [InlineData("--languages: There is no folder /no/such", "--languages", "/no/such")]
    public async Task An_option_that_is_wrong_is_named(string message, params string[] args)
    {
        var run = await CommandRun.WithInput(Chunks, ["run", "-", "--out", _folder.At("out"), .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_adds_a_language()
    {
        Directory.CreateDirectory(_folder.At("languages"));
        await File.WriteAllTextAsync(_folder.At("languages/sv.json"), """
            {
              "code": "sv", "name": "Swedish", "nothing": "Inget.", "model_only": "Bara med en språkmodell.",
              "headings": { "topics": "Huvudämnen", "decisions": "Fattade beslut", "actions": "Uppgifter" },
              "words": "jag du han hon den det vi ni de och att som en ett är var inte på i av för med till om så men har hade kan ska"
            }
            """, TestContext.Current.CancellationToken);
        const string Said =
            """{"start":0,"end":2,"text":"vi ska ta färjan och det är inte så dyrt som att ta tåget","speaker_id":"ana"}""";
        var run = await CommandRun.WithInput(Said, "run", "-", "--out", _folder.At("out"), "--languages", _folder.At("languages"));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("sv", (string)Report()["language"]!);
        Assert.Contains("## Huvudämnen\n", run.Output, StringComparison.Ordinal);
    }

    private static bool IsQuestion(ModelRequest request) => request.User.Contains("Answer this question", StringComparison.Ordinal);

    private static Reply Answer(ModelRequest request) => Replies.Answer(Text(request));

    private static string Text(ModelRequest request) =>
        request.IsSummary ? "They book cabins." : IsQuestion(request) ? "Nine euros." : Cabins;

    private Task<CommandRun> RunAsync(ModelServer model, string chunks, params string[] more) => CommandRun.WithInput(
        chunks, ["run", "-", "--out", _folder.At("out"), "--llm", model.Endpoint.ToString(), "--model", "m", .. more]);

    private JsonNode Report() => JsonNode.Parse(File.ReadAllText(_folder.At("out/report.json")))!;
}
