using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Llm;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>The language and the prompts of streams, over HTTP.</summary>
public class LanguageTests
{
    private const string Chunks = """
        {"sequence": 1, "start": 0, "end": 2, "text": "wir müssen bis freitag das angebot schicken", "speaker_id": "ana"}
        {"sequence": 2, "start": 3, "end": 4, "text": "was kostet das?", "speaker_id": "ben"}
        {"sequence": 3, "start": 5, "end": 6, "text": "ja gut", "speaker_id": "ana"}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"language": "de-AT"}""", "de-AT")]
    [InlineData("{}", null)]
    public async Task A_stream_says_its_language_and_its_transcript_too(string settings, string? said)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server, settings);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunks);
        var stream = await GetAsync(server, $"/v1/streams/{id}");
        Assert.Equal(("de", said), ((string?)stream["stream_language"], (string?)stream["language"]));
        Assert.Equal("de", (string?)(await GetAsync(server, "/v1/streams"))["streams"]![0]!["stream_language"]);
        Assert.Equal("de", (string?)(await GetAsync(server, $"/v1/streams/{id}/transcript"))["language"]);
    }

    [Fact]
    public async Task Prompts_come_from_files_for_the_language_the_tenant_and_the_set()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "answer.txt", "SERVER\n{{question}}");
        Write(folder, "sets/sales/answer.de.txt", "SALES GERMAN\n{{question}}");
        await using var model = await ModelServer.StartAsync(
            request => Replies.Answer(request.User.Contains("{\"items\"", StringComparison.Ordinal) ? """{"items": []}""" : "Neun Euro."));
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(model.Endpoint, "m")),
            settings: ("Prompts", folder.Path));
        Assert.StartsWith("answer@", (await AnswerAsync(server, "{}")).Prompt, StringComparison.Ordinal);
        var ofSet = await AnswerAsync(server, """{"prompts": "sales"}""");
        Assert.StartsWith("sets/sales/answer.de@", ofSet.Prompt, StringComparison.Ordinal);
        var asked = model.Requests.Select(request => request.User.Split('\n')[0]);
        Assert.Equal(["SERVER", "SALES GERMAN"], asked.Where(first => !first.Any(char.IsLower)));
    }

    [Fact]
    public async Task What_a_model_finds_in_german_is_in_the_list_of_results()
    {
        const string Found = """
            {"items": [
              {"segment": 1, "kind": "action", "what": "Das Angebot schicken", "due": "Freitag"},
              {"segment": 1, "kind": "decision", "what": "Es gibt ein Angebot"}
            ]}
            """;
        await using var model = await ModelServer.StartAsync(
            request => Replies.Answer(request.User.Contains("{\"items\"", StringComparison.Ordinal) ? Found : "Neun Euro."));
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(model.Endpoint, "m")));
        var id = await OpenAsync(server, """{"language": "de"}""");
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunks);
        await HttpTests.EventsAsync(server, id).FirstAsync(
            item => item.EventType == "WORKFLOW_RESULT"
                && ViewerTests.Envelope(item).Payload is WorkflowResultPayload { Workflow: "general" },
            Cancel);

        var outcomes = (await GetAsync(server, $"/v1/streams/{id}/results"))["outcomes"]!.AsArray();
        Assert.Equal(
            ["decision: Es gibt ein Angebot", "action_item: Das Angebot schicken"],
            outcomes.Select(outcome => $"{outcome!["kind"]}: {outcome["what"]}"));
        Assert.All(outcomes, outcome => Assert.False((bool)outcome!["candidate"]!));
        Assert.Equal("Freitag", (string?)outcomes[1]!["due"]);
    }

    [Theory]
    [InlineData("\"other\"", "config: prompts names no set of prompts that the server has.")]
    [InlineData("7", "config: prompts is not the name of a set of prompts.")]
    public async Task A_client_names_a_set_that_the_server_has(string prompts, string message)
    {
        await using var server = await ParleyServer.StartAsync();
        using var body = new StringContent($$"""{"prompts": {{prompts}}}""", Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(new Uri("/v1/streams", UriKind.Relative), body, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static async Task<WorkflowResultPayload> AnswerAsync(ParleyServer server, string settings)
    {
        var id = await OpenAsync(server, settings);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunks);
        return await HttpTests.EventsAsync(server, id).Where(item => item.EventType == "WORKFLOW_RESULT")
            .Select(item => (WorkflowResultPayload)ViewerTests.Envelope(item).Payload)
            .FirstAsync(result => result.Workflow == "question", Cancel);
    }

    private static async Task<string> OpenAsync(ParleyServer server, string settings) =>
        (string)JsonNode.Parse(await HttpTests.PostAsync(server, "/v1/streams", settings))!["stream_id"]!;

    private static async Task<JsonNode> GetAsync(ParleyServer server, string address) =>
        JsonNode.Parse(await server.Http.GetStringAsync(new Uri(address, UriKind.Relative), Cancel))!;

    private static void Write(TemporaryFolder folder, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllText(folder.At(path), text);
    }
}
