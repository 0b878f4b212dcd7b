using Microsoft.Extensions.AI;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

/// <summary>Servers whose answer has no end: each call is given up in bounded memory, and is made as often as work is tried.</summary>
public class EndlessAnswerTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Events = $"{Ok}Content-Type: text/event-stream\r\n\r\n";
    private const string Json = $"{Ok}Content-Type: application/json\r\n\r\n";
    private const string Piece = """data: {"choices":[{"index":0,"delta":{"content":"Nine "},"finish_reason":null}]}""";
    private const int Mebibyte = 1024 * 1024;

    // What the system keeps of a connection on both of its sides.
    private const int Buffers = 24 * Mebibyte;

    // Stands behind … in the cases below.
    private static readonly string Filler = new('x', 16 * 1024);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Events + ": ", "…", 8)]
    [InlineData(Events + "data: {\"choices\":[{\"delta\":{\"content\":\"", "…", 8)]
    [InlineData(Events + "event: ", "…", 8)]
    [InlineData(Events, ": …\n\n", 64)]
    [InlineData(Events, "data: {\"choices\":[],\"padding\":\"…\"}\n\n", 64)]
    [InlineData(Events, Piece + "\n\n", 1)]
    [InlineData(Events + "id: 7\nretry: 0\n", Piece + "\n\n", 1)]
    [InlineData(Json + "{\"choices\":[{\"message\":{\"content\":\"", "…", 8)]
    [InlineData(Json + "{\n", "\"a\": 1,\n", 16)]
    public async Task An_answer_without_an_end_is_invalid(string begin, string more, int mebibytes) =>
        await ExpectAsync(begin, more, "invalid_answer", mebibytes);

    [Theory]
    [InlineData("HTTP/1.1 200 ", "…")]
    [InlineData(Ok + "X-Long: ", "…")]
    [InlineData(Ok, "X-Another: 1\r\n")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n1;extension=", "…")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-Another: 1\r\n")]
    public async Task A_response_whose_headers_have_no_end_is_no_response(string begin, string more) =>
        await ExpectAsync(begin, more, "connection", mebibytes: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_of_the_client_is_told_the_same(bool isStreamed)
    {
        await using var server = new EndlessServer(Events, Piece + "\n\n");
        using var client = new OpenAIChatClient(server.Endpoint, "m");
        await Assert.ThrowsAsync<InvalidAnswerException>(async () =>
        {
            if (isStreamed) await client.GetStreamingResponseAsync("hello", cancellationToken: Cancel).CountAsync(Cancel);
            else await client.GetResponseAsync("hello", cancellationToken: Cancel);
        });
        Assert.InRange(Assert.Single(await server.StopAsync()), 1, (64 * Mebibyte) + Buffers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_with_ids_is_not_asked_for_its_rest(bool isCut)
    {
        string[] pieces = ["id: 7\nretry: 0\n", $"{Piece}\n\n"];
        await using var server = await ModelServer.StartAsync(_ => isCut ? Habits.Wire.Broken(pieces) : Habits.Wire.Stream(pieces));
        using var client = new OpenAIChatClient(server.Endpoint, "m");
        var asked = client.GetResponseAsync("hello", cancellationToken: Cancel);
        if (isCut) Assert.Equal("connection", (await Assert.ThrowsAsync<ModelUnavailableException>(() => asked)).Reason);
        else Assert.Equal("Nine ", (await asked).Text);
        Assert.Single(server.Requests);
    }

    private static async Task ExpectAsync(string begin, string more, string reason, int mebibytes)
    {
        await using var server = new EndlessServer(begin, more.Replace("…", Filler, StringComparison.Ordinal));
        await using var engine = new ModelEngine(server: null, client: new OpenAIChatClient(server.Endpoint, "m"));
        var told = await engine.HoldAsync("what does the ferry cost");
        var failed = Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowFailedPayload>());
        Assert.Equal((reason, 2), (failed.Reason, failed.Attempts));
        var sent = await server.StopAsync();
        Assert.Equal(2, sent.Count);
        Assert.All(sent, bytes => Assert.InRange(bytes, 1, (mebibytes * Mebibyte) + Buffers));
    }
}
