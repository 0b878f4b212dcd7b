using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Parley.AspNetCore.Limits;
using Parley.IntegrationTests.Llm;
using Parley.IntegrationTests.Security;
using Parley.IntegrationTests.Server;

namespace Parley.IntegrationTests.Limits;

/// <summary>A server that may have few files open, each connection being one.</summary>
public sealed class FileLimitTests
{
    private const int Few = 384;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_too_few_files_it_says_at_its_start_how_many_it_needs()
    {
        foreach (var files in new[] { 128, ConnectionCapacity.LeastFiles - 1 })
        {
            var (exitCode, error) = await ServeProcess.FailAsync(files);
            Assert.Equal(2, exitCode);
            Assert.Equal(
                $"parley: This process may have {files} files open at once, and needs at least {ConnectionCapacity.LeastFiles}; each connection " +
                "takes one more. Raise the limit: \"ulimit -n\" in a shell, LimitNOFILE in a unit of systemd.\n",
                error);
        }
    }

    [Fact]
    public async Task With_as_many_files_as_it_says_that_it_needs_it_serves()
    {
        await using var server = await ServeProcess.StartAsync(ConnectionCapacity.LeastFiles);
        Assert.Equal("""{"status":"alive"}""", await server.Http.GetStringAsync("/healthz", Cancel));
    }

    [Fact]
    public async Task It_outlives_more_sockets_than_it_may_have_files()
    {
        await using var server = await ServeProcess.StartAsync(Few);
        var sockets = new List<ClientWebSocket>();
        var refused = new List<HttpStatusCode>();
        for (var i = 0; i < Few; i++)
        {
            var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            sockets.Add(socket);
            try
            {
                await socket.ConnectAsync(server.Socket, Cancel);
            }
            catch (WebSocketException)
            {
                refused.Add(socket.HttpStatusCode);
            }
        }

        Assert.InRange(sockets.Count - refused.Count, 16, Few);
        Assert.All(refused, status => Assert.True(status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests));
        Assert.Equal("""{"status":"alive"}""", await server.Http.GetStringAsync("/healthz", Cancel));
        sockets.ForEach(socket => socket.Dispose());
        await AnswersAsync(server);
    }

    [Theory]
    [InlineData(Few)]
    [InlineData(1_024)]
    public async Task It_outlives_silent_connections_and_says_meanwhile_that_it_is_alive(int files)
    {
        (string, string)[] keys = [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value!))];
        await using var server = await ServeProcess.StartAsync(files, [.. keys, ("Kestrel:HeadersTimeoutSec", "2")]);
        var silent = new List<TcpClient>();
        for (var i = 0; i < files + 200; i++)
        {
            silent.Add(new TcpClient());
            await silent[^1].ConnectAsync(server.Url.Host, server.Url.Port, Cancel);
            if (i % 100 == 99) Assert.Equal("""{"status":"alive"}""", await server.Http.GetStringAsync("/healthz", Cancel));
        }

        foreach (var connection in silent) await IsClosedAsync(connection);
        server.Http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.North);
        await AnswersAsync(server);
    }

    [Fact]
    public async Task With_too_few_files_for_its_workers_it_says_how_many_of_them_are_for_calls_to_models()
    {
        var (exitCode, error) = await ServeProcess.FailAsync(
            files: 512,
            ("Model:Url", "http://127.0.0.1:1/v1"),
            ("Model:Name", "m"),
            ("Model:StartCheck", "Off"),
            ("Work:Question:Workers", "256"));
        Assert.Equal(2, exitCode);
        Assert.Contains("This process may have 512 files open at once, and needs at least ", error, StringComparison.Ordinal);
        // Questions, two workers for summaries, one for each other kind of work, and one more for each of the five.
        Assert.Contains(", 266 of them for calls to models; each connection takes one more. ", error, StringComparison.Ordinal);
        Assert.EndsWith("LimitNOFILE in a unit of systemd; or lower Parley:Work:{workflow}:Workers.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_outlives_as_many_calls_to_a_model_as_it_has_workers_beside_all_of_its_sockets()
    {
        const int Workers = 96;
        using var asked = new SemaphoreSlim(0);
        await using var model = await ModelServer.StartAsync(_ =>
        {
            asked.Release();
            return Replies.Silence("Nine");
        });
        await using var server = await ServeProcess.StartAsync(
            files: 640,
            ("Model:Url", model.Endpoint.ToString()),
            ("Model:Name", "m"),
            ("Model:StartCheck", "Off"),
            ("Work:Question:Workers", Workers.ToString(CultureInfo.InvariantCulture)));
        await AskAsync(server, Workers);
        for (var i = 0; i < Workers; i++) await asked.WaitAsync(Cancel);

        var sockets = new List<ClientWebSocket>();
        var isFull = false;
        while (!isFull)
        {
            sockets.Add(new ClientWebSocket());
            try
            {
                await sockets[^1].ConnectAsync(server.Socket, Cancel);
            }
            catch (WebSocketException)
            {
                isFull = true;
            }
        }

        Assert.InRange(sockets.Count, 16, 640);
        Assert.Equal("""{"status":"alive"}""", await server.Http.GetStringAsync("/healthz", Cancel));
        Assert.False(server.HasExited);
        sockets.ForEach(socket => socket.Dispose());
        await AnswersAsync(server);
    }

    [Fact]
    public void Places_are_what_the_settings_and_the_files_allow()
    {
        var plenty = ConnectionCapacity.Of(10_000, files: null, open: 300, outgoing: 0);
        Assert.Equal((10_000, 11_000, 32, null), (plenty.Streams, plenty.Total, plenty.Reserve, plenty.Problem));
        Assert.Equal(plenty, ConnectionCapacity.Of(10_000, files: 20_000, open: 300, outgoing: 0));

        var some = ConnectionCapacity.Of(10_000, files: 1_024, open: 300, outgoing: 0);
        Assert.Equal((593, 652, 32, null), (some.Streams, some.Total, some.Reserve, some.Problem));

        var calling = ConnectionCapacity.Of(10_000, files: 1_024, open: 300, outgoing: 200);
        Assert.Equal((200, 452, null), (calling.Outgoing, calling.Total, calling.Problem));

        Assert.Contains("320 files open at once, and needs at least 360", ConnectionCapacity.Of(10_000, files: 320, open: 300, outgoing: 0).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Max open files            1024                 1048576              files     ", 1_024)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             63432                63432                processes ", null)]
    public void The_limit_is_read_as_the_kernel_writes_it(string row, int? limit) =>
        Assert.Equal(limit, FileLimit.Of(["Limit                     Soft Limit           Hard Limit           Units     ", row]));

    private static async Task AskAsync(ServeProcess server, int questions)
    {
        using var opened = await server.Http.PostAsync("/v1/streams", null, Cancel);
        var id = (string)(await opened.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["stream_id"]!;
        var chunks = Enumerable.Range(1, questions + 1).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"sequence": {{i}}, "start": {{i * 3}}, "end": {{(i * 3) + 1}}, "text": "what does ferry number {{i}} cost", "speaker_id": "ana"}"""));
        using var content = new StringContent(string.Join('\n', chunks), Encoding.UTF8, "application/jsonl");
        using var taken = await server.Http.PostAsync($"/v1/streams/{id}/chunks", content, Cancel);
        taken.EnsureSuccessStatusCode();
    }

    private static async Task AnswersAsync(ServeProcess server)
    {
        while (true)
        {
            using var answer = await server.Http.GetAsync("/v1/streams", Cancel);
            if (answer.StatusCode == HttpStatusCode.OK) return;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    private static async Task IsClosedAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                Assert.Equal(0, await connection.GetStream().ReadAsync(new byte[1], Cancel));
            }
            catch (IOException)
            {
                // Reset, which is as good.
            }
        }
    }
}
