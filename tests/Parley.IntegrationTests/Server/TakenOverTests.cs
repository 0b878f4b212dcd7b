using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Hosting;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>
/// Another owner takes a conversation from the loop that has it open, as an erasure does: its senders are told to come back, and lose nothing.
/// </summary>
public sealed class TakenOverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_is_told_to_resume_and_what_it_sends_again_is_taken_once()
    {
        await using var server = await ParleyServer.StartAsync();
        var (sender, id) = await SocketClient.StartAsync(server);
        await using (sender)
        {
            await sender.SayAsync(new TextChunk(1, 0, 1, "before", "ana"));
            await sender.HearAsync<ChunkAckPayload>();
            await TakeOverAsync(server, id);
            await sender.SayAsync(new TextChunk(2, 1, 2, "after", "ana"));
            Assert.Equal(ErrorCodes.StorageUnavailable, ((ErrorPayload)(await sender.HearAsync<ErrorPayload>()).Payload).Code);
            await sender.HearAllAsync();
            Assert.Equal(WebSocketCloseStatus.InternalServerError, sender.CloseStatus);
        }

        await using var again = await SocketClient.ConnectAsync(server);
        await again.SayAsync(new ResumeSession(id, 0));
        await again.SayAsync(new TextChunk(2, 1, 2, "after", "ana"));
        await again.SayAsync(new EndSession());
        await again.HearAsync<SessionEndedPayload>();
        var transcript = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript", Cancel);
        Assert.Contains("before after", transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_is_told_to_try_again_and_the_same_call_is_then_taken()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk(1, "before"));
        await TakeOverAsync(server, id);
        using (var refused = await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(Chunk(2, "after"), Encoding.UTF8, "application/jsonl"), Cancel))
            await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk(2, "after"));
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        var transcript = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript", Cancel);
        Assert.Contains("before after", transcript, StringComparison.Ordinal);
    }

    private static string Chunk(int sequence, string text) =>
        $$"""{"sequence": {{sequence}}, "start": {{sequence - 1}}, "end": {{sequence}}, "text": "{{text}}", "speaker_id": "ana"}""";

    private static async Task TakeOverAsync(ParleyServer server, string id) =>
        await server.Services.GetRequiredService<ServerEngine>().Log.AcquireAsync(id, Cancel);
}
