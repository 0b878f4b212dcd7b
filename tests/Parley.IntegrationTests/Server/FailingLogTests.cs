using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Observability;
using Parley.Log;
using Parley.Protocol;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.IntegrationTests.Server;

/// <summary>What clients are told when a log fails in the middle of something.</summary>
public sealed class FailingLogTests
{
    private static readonly EventLogUnavailableException Down = new("The disk is gone.", isTransient: true);
    private static readonly EventLogUnavailableException Broken = new("The file was replaced.", isTransient: false);

    private readonly (IEventLog Log, FaultyLog Faults) _log = FaultyLog.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_summary_that_the_log_has_lost_is_a_problem_of_the_log()
    {
        await using var server = await StartAsync();
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """{"sequence": 1, "start": 0, "end": 1, "text": "i will send the offer", "speaker_id": "ana"}""");
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await using (var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel)) await ViewerTests.UntilAsync(events, "SESSION_ENDED");
        Assert.NotNull((await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["summary"]);

        _log.Faults.Changed = _ => AsyncEnumerable.Empty<LogRecord>();
        using var refused = await server.Http.GetAsync($"/v1/streams/{id}", Cancel);
        await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
    }

    [Theory]
    [InlineData("results", 40, false)]
    [InlineData("results", 400, true)]
    [InlineData("transcript", 40, false)]
    [InlineData("transcript", 400, true)]
    [InlineData("transcript?format=jsonl", 40, false)]
    [InlineData("transcript?format=jsonl", 400, true)]
    [InlineData("transcript?format=srt", 40, false)]
    [InlineData("transcript?format=csv", 40, false)]
    public async Task An_answer_that_fails_before_its_first_byte_is_a_problem_and_later_it_is_cut(string call, int length, bool isCut)
    {
        await using var server = await StartAsync();
        var id = await HttpTests.OpenAsync(server);
        var chunks = Enumerable.Range(1, length).Select(number =>
            $$"""{"sequence": {{number}}, "start": {{number}}, "end": {{number}}.5, "text": "i will send the offer {{number}}", "speaker_id": "{{number % 2}}"}""");
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", string.Join('\n', chunks));
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await using (var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel)) await ViewerTests.UntilAsync(events, "SESSION_ENDED");
        Assert.Contains("offer 33", await server.Http.GetStringAsync($"/v1/streams/{id}/{call}", Cancel), StringComparison.Ordinal);

        // The first reading finds what there is, and the second has the texts.
        var reads = 0;
        _log.Faults.Changed = records => ++reads == 1 ? records : records.Select(record =>
            Encoding.UTF8.GetString(record.Json.Span).Contains($"offer {length - 5}", StringComparison.Ordinal) ? record with { Json = "{"u8.ToArray() } : record);
        if (!isCut)
        {
            using var refused = await server.Http.GetAsync($"/v1/streams/{id}/{call}", Cancel);
            await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
            return;
        }

        var read = new StringBuilder();
        var cut = await Record.ExceptionAsync(() => ReadAsync(server, $"/v1/streams/{id}/{call}", read));
        Assert.True(cut is IOException or HttpRequestException, $"The answer ended as if it were whole: {cut}");
        Assert.DoesNotContain(ErrorCodes.StorageUnavailable, read.ToString(), StringComparison.Ordinal);
        Assert.Equal([id], server.Directory.Unreadable.Keys);
    }

    [Fact]
    public async Task A_redrive_while_the_log_is_down_is_refused_and_of_a_damaged_stream_is_told()
    {
        string id;
        await using (var server = await StartAsync(new SecondTry()))
        {
            id = await DeadLetterTests.AskedAsync(server);
            await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
            await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
            await ViewerTests.UntilAsync(events, "SESSION_ENDED");
        }

        await using var again = await StartAsync(new SecondTry());
        _log.Faults.Fault = call => call == nameof(IEventLog.LoadCheckpointAsync) ? Down : null;
        using (var refused = await again.Http.PostAsync("/v1/dead-letters/redrive", null, Cancel))
            await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
        Assert.Empty(again.Directory.Unreadable);

        _log.Faults.Fault = call => call == nameof(IEventLog.LoadCheckpointAsync) ? new StreamUnreadableException(id, "A page is damaged.") : null;
        using var told = await again.Http.PostAsync("/v1/dead-letters/redrive", null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
        Assert.Equal([id], JsonNode.Parse(await told.Content.ReadAsStringAsync(Cancel))!["unreadable"]!.AsArray().Select(name => (string)name!));
        Assert.Equal([id], again.Directory.Unreadable.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_while_the_log_is_down_calls_no_stream_damaged(bool isTransient)
    {
        string id;
        await using (var server = await StartAsync())
        {
            id = await HttpTests.OpenAsync(server);
            await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
            await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
            await ViewerTests.UntilAsync(events, "SESSION_ENDED");
        }

        await using var again = await StartAsync();
        await again.Services.GetRequiredService<Readiness>().WhenResumed.WaitAsync(Cancel);
        Assert.Equal(0, again.Directory.Count);
        _log.Faults.Fault = call => call == nameof(IEventLog.LoadCheckpointAsync) ? isTransient ? Down : Broken : null;
        using var refused = await again.Http.GetAsync("/v1/streams", Cancel);
        var problem = await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
        // Waiting helps only where the cause may go by itself.
        Assert.Equal(isTransient, ((string)problem["detail"]!).Contains("for now", StringComparison.Ordinal));
        Assert.Equal(isTransient, problem["retry_after_sec"] is not null);
    }

    [Fact]
    public async Task A_log_that_fails_for_good_is_not_called_down_for_now_to_a_sender()
    {
        await using var server = await StartAsync();
        var id = await HttpTests.OpenAsync(server);
        _log.Faults.Fault = call => call == nameof(IEventLog.AppendAsync) ? Broken : null;
        using var refused = await server.Http.PostAsync(
            $"/v1/streams/{id}/chunks", new StringContent("""{"sequence": 1, "start": 0, "end": 1, "text": "hello"}"""), Cancel);
        var problem = await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
        Assert.DoesNotContain("for now", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Null(problem["retry_after_sec"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_a_sender_finds_damaged_is_marked(bool overSocket)
    {
        await using var server = await StartAsync();
        var (client, id) = await SocketClient.StartAsync(server);
        await using var _1 = client;
        await client.SayAsync("""{"type": "TEXT_CHUNK", "sequence": 1, "start": 0, "end": 1, "text": "hello"}""");
        await client.HearAsync<ChunkAckPayload>();
        // A number that comes again is looked for in the log.
        _log.Faults.Fault = call => call == nameof(IEventLog.ReadAsync) ? new StreamUnreadableException(id, "A page is damaged.") : null;
        if (overSocket)
        {
            await client.SayAsync("""{"type": "TEXT_CHUNK", "sequence": 1, "start": 0, "end": 1, "text": "hello"}""");
            Assert.Equal(ErrorCodes.StorageUnavailable, ((ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload).Code);
        }
        else
        {
            using var refused = await server.Http.PostAsync(
                $"/v1/streams/{id}/chunks", new StringContent("""{"sequence": 1, "start": 0, "end": 1, "text": "hello"}"""), Cancel);
            await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable);
        }

        Assert.Equal([id], server.Directory.Unreadable.Keys);
    }

    // The connection may be reset before the client has read any of it.
    private static async Task ReadAsync(ParleyServer server, string path, StringBuilder read)
    {
        using var answer = await server.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        var buffer = new byte[4096];
        for (int count; (count = await body.ReadAsync(buffer, Cancel)) > 0;) read.Append(Encoding.UTF8.GetString(buffer, 0, count));
    }

    private Task<ParleyServer> StartAsync(SecondTry? handler = null) => ParleyServer.StartAsync(configure: builder =>
    {
        builder.Services.AddParley(builder.Configuration.GetSection("Parley")).UseLog((_, _) => new(_log.Log));
        if (handler is not null) builder.Services.AddKeyedSingleton<IWorkflowHandler>("question", handler);
    });
}
