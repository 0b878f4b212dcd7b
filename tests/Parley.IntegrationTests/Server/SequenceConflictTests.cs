using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>Senders that begin at 1 again with other content, at every door of a server.</summary>
public sealed class SequenceConflictTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("chunks", false, false)]
    [InlineData("chunks", true, false)]
    [InlineData("chunks", true, true)]
    [InlineData("messages", false, false)]
    [InlineData("messages", true, false)]
    [InlineData("messages", true, true)]
    public async Task Over_http_a_request_is_refused_from_the_conflict_on(string door, bool restart, bool redact)
    {
        await using var server = await ParleyServer.StartAsync(_data.Path, settings: ("Redact", redact ? "true" : "false"));
        var id = await HttpTests.OpenAsync(server);
        await PostAsync(server, id, door, 1, "morning", "ferry", "cabin");
        // Redaction holds the end of what a speaker said.
        await server.Directory.PostAsync(id, new CloseLane(door == "chunks" ? "ana" : null, CloseReasons.Silence), Cancel);
        if (restart) await server.RestartAsync();
        Assert.Equal((0, 3), Counts(await PostAsync(server, id, door, 1, "morning", "ferry", "cabin")));

        using var response = await SendAsync(server, id, door, 1, "please", "night", "window", "tea", "harbour");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((HttpStatusCode.Conflict, ErrorCodes.SequenceConflict), (response.StatusCode, (string)problem["code"]!));
        Assert.Equal((1, "", 4), ((int)problem["sequence"]!, (string)problem["source"]!, (int)problem["expected"]!));
        Assert.Equal(0, (int)problem["accepted"]!);
        Assert.Contains("Continue at 4, or send under another source.", (string)problem["detail"]!, StringComparison.Ordinal);

        Assert.Equal((5, 0), Counts(await PostAsync(server, id, door, 4, "please", "night", "window", "tea", "harbour")));
        Assert.Equal("morning ferry cabin please night window tea harbour", await SaidAsync(server, id));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task On_a_socket_nothing_behind_the_conflict_is_taken_or_acknowledged(bool messages, bool restart)
    {
        await using var server = await ParleyServer.StartAsync(_data.Path);
        var (first, id) = await SocketClient.StartAsync(server);
        string[] before = ["morning", "ferry", "cabin"];
        for (var i = 0; i < before.Length; i++) await first.SayAsync(Message(messages, i + 1, before[i]));
        await first.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 3 });
        await first.DisposeAsync();
        if (restart) await server.RestartAsync();

        await using var second = await SocketClient.ConnectAsync(server);
        await second.SayAsync(new ResumeSession(id, 0));
        string[] texts = ["please", "night", "window", "tea", "harbour"];
        for (var i = 0; i < texts.Length; i++) await second.SayAsync(Message(messages, i + 1, texts[i]));
        await second.HearAsync(envelope => Sequence(envelope) == texts.Length);
        Assert.DoesNotContain(second.Heard, envelope => envelope.Payload is ChunkAckPayload);
        var errors = second.Heard.Select(envelope => envelope.Payload).OfType<ErrorPayload>().ToList();
        Assert.Equal(5, errors.Count(error => error is { Code: ErrorCodes.SequenceConflict, Recoverable: true }));
        Assert.Equal("""{"sequence":1,"source":"","expected":4}""", errors[0].Details!.Value.GetRawText());

        await second.SayAsync(new ResumeSession(id, 0));
        await second.HearAsync<SessionResumedPayload>();
        for (var i = 0; i < texts.Length; i++) await second.SayAsync(Message(messages, i + 4, texts[i]));
        await second.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 8 });
        Assert.Equal("morning ferry cabin please night window tea harbour", await SaidAsync(server, id));
    }

    private static long? Sequence(Envelope envelope) =>
        envelope.Payload is ErrorPayload { Details: { } details } ? details.GetProperty("sequence").GetInt64() : null;

    private static ClientMessage Message(bool asMessage, int number, string text) => asMessage
        ? new AsrMessage(number, "deepgram", JsonDocument.Parse(Deepgram(text)).RootElement)
        : new TextChunk(number, Time(text), Time(text) + 0.5, text, "ana");

    private static string Line(string door, int number, string text) => door == "messages"
        ? Deepgram(text)
        : $$"""{"sequence":{{number}},"start":{{Time(text)}},"end":{{Time(text)}}.5,"text":"{{text}}","speaker_id":"ana"}""";

    private static string Deepgram(string text) =>
        $$$"""
        {"type":"Results","start":{{{Time(text)}}},"duration":0.5,"is_final":true,"channel":{"alternatives":[{"transcript":"{{{text}}}"}]}}
        """;

    private static int Time(string text) =>
        Array.IndexOf(["morning", "ferry", "cabin", "please", "night", "window", "tea", "harbour"], text);

    private static Task<HttpResponseMessage> SendAsync(ParleyServer server, string id, string door, int first, params string[] texts)
    {
        var query = door == "messages" ? $"?format=deepgram&sequence={first}" : "";
        var lines = string.Join('\n', texts.Select((text, i) => Line(door, first + i, text)));
        var body = new StringContent(lines, Encoding.UTF8, "application/jsonl");
        return server.Http.PostAsync($"/v1/streams/{id}/{door}{query}", body, Cancel);
    }

    private static async Task<JsonNode> PostAsync(ParleyServer server, string id, string door, int first, params string[] texts)
    {
        using var response = await SendAsync(server, id, door, first, texts);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonNode.Parse(answer)!;
    }

    private static (int Accepted, int Duplicates) Counts(JsonNode answer) =>
        ((int)answer["accepted"]! + ((int?)answer["pending"] ?? 0), (int)answer["duplicates"]!);

    private static async Task<string> SaidAsync(ParleyServer server, string id)
    {
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        var finals = await HttpTests.EventsAsync(server, id).Where(item => item.EventType == "FINALIZED").ToListAsync(Cancel);
        var said = finals.Select(item => (FinalizedPayload)Envelope.Parse(Encoding.UTF8.GetBytes(item.Data)).Payload);
        return string.Join(' ', said.Select(final => final.Segment.Text));
    }
}
