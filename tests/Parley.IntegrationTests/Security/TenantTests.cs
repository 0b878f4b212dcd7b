using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Security;

/// <summary>One for each call and each transport: another tenant's stream is answered as one that does not exist.</summary>
public sealed class TenantTests : IAsyncLifetime
{
    private const string Theirs = "str-11111111-1111-4111-8111-111111111111";
    private const string Nobodys = "str-22222222-2222-4222-8222-222222222222";

    private ParleyServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ParleyServer.StartAsync(settings: [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value))]);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(TestKeys.South, HttpMethod.Post, "/v1/streams", $$"""{"stream_id":"{{Theirs}}"}""")).StatusCode);
        await SendAsync(TestKeys.South, HttpMethod.Post, $"/v1/streams/{Theirs}/chunks", Chunk(1, "the southern secret"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string, string, string?> Calls => new()
    {
        { "POST", "/v1/streams/{id}/chunks", """{"sequence":1,"start":0,"end":1,"text":"x"}""" },
        { "POST", "/v1/streams/{id}/chunks", "not even JSON" },
        { "POST", "/v1/streams/{id}/messages?format=deepgram", "{}" },
        { "POST", "/v1/streams/{id}/end", null },
        { "POST", "/v1/streams/{id}/tickets", null },
        { "GET", "/v1/streams/{id}", null },
        { "GET", "/v1/streams?before={id}", null },
        { "GET", "/v1/dead-letters?stream_id={id}", null },
        { "GET", "/v1/streams/{id}/events", null },
        { "GET", "/v1/streams/{id}/events?after=1", null },
        { "GET", "/v1/streams/{id}/events?after=999", null },
        { "GET", "/v1/streams/{id}/transcript?format=txt", null },
        { "GET", "/v1/streams/{id}/transcript?format=json", null },
        { "GET", "/v1/streams/{id}/context", null },
        { "GET", "/v1/streams/{id}/results", null },
        { "PUT", "/v1/streams/{id}/speakers/ana", """{"name":"Ana"}""" },
        { "PUT", "/v1/streams/{id}/speakers?speaker=..", """{"name":"Ana"}""" },
        { "PATCH", "/v1/streams/{id}", """{"title":"Mine"}""" },
        { "POST", "/v1/dead-letters/redrive", """{"stream_id":"{id}"}""" },
        { "DELETE", "/v1/streams/{id}", null },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Another_tenants_stream_is_answered_as_one_that_does_not_exist(string method, string path, string? body)
    {
        foreach (var key in new[] { TestKeys.North, TestKeys.Operator })
        {
            var theirs = await AnswerAsync(await SendAsync(key, new HttpMethod(method), path.Replace("{id}", Theirs, StringComparison.Ordinal), body?.Replace("{id}", Theirs, StringComparison.Ordinal)), Theirs);
            var nobodys = await AnswerAsync(await SendAsync(key, new HttpMethod(method), path.Replace("{id}", Nobodys, StringComparison.Ordinal), body?.Replace("{id}", Nobodys, StringComparison.Ordinal)), Nobodys);
            Assert.Equal(nobodys, theirs);
            Assert.DoesNotContain("secret", theirs, StringComparison.Ordinal);
        }

        // The call is there: its owner is answered otherwise, unless the request itself is wrong.
        var own = await SendAsync(TestKeys.South, new HttpMethod(method), path.Replace("{id}", Theirs, StringComparison.Ordinal), body?.Replace("{id}", Theirs, StringComparison.Ordinal));
        Assert.NotEqual(HttpStatusCode.NotFound, own.StatusCode);
        if (method == "DELETE" || path.EndsWith("/end", StringComparison.Ordinal)) return;

        // And nothing became of it.
        var told = await SendAsync(TestKeys.South, HttpMethod.Post, $"/v1/streams/{Theirs}/chunks", Chunk(2, "still here"));
        if (!path.EndsWith("format=deepgram", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.OK, told.StatusCode);
    }

    // These name no stream in the address: the list, and the start.
    [Fact]
    public async Task Every_call_that_is_described_is_among_them()
    {
        var answer = await SendAsync(TestKeys.Operator, HttpMethod.Get, "/openapi/v1.json", null);
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key.ToUpperInvariant()} {path.Key}"));
        var tested = Calls.Select(call => $"{call.Data.Item1} {Template(call.Data.Item2)}");
        Assert.Equal(["POST /v1/streams"], described.Except(tested).Where(call => call.Contains("/v1/", StringComparison.Ordinal)));

        static string Template(string path) => path.Split('?')[0].Replace("/speakers/ana", "/speakers/{speaker}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../south/")]
    [InlineData("/south%2F")]
    [InlineData("/south/")]
    [InlineData("/%2e%2e/south/")]
    public async Task A_tenant_cannot_be_named_in_the_address(string detour)
    {
        var answer = await SendAsync(TestKeys.North, HttpMethod.Post, $"/v1/streams{detour}{Theirs}/chunks", Chunk(2, "x"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Two_tenants_may_use_one_id_and_each_sees_its_own()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(TestKeys.North, HttpMethod.Post, "/v1/streams", $$"""{"stream_id":"{{Theirs}}"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(TestKeys.North, HttpMethod.Post, $"/v1/streams/{Theirs}/chunks", Chunk(1, "the northern secret"))).StatusCode);
        foreach (var (key, own, other) in new[] { (TestKeys.North, "northern", "southern"), (TestKeys.South, "southern", "northern") })
        {
            await SendAsync(key, HttpMethod.Post, $"/v1/streams/{Theirs}/end", null);
            var events = await (await SendAsync(key, HttpMethod.Get, $"/v1/streams/{Theirs}/events", null)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains(own, events, StringComparison.Ordinal);
            Assert.DoesNotContain(other, events, StringComparison.Ordinal);
            Assert.DoesNotContain("south/", events, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_has_the_callers_own_streams_only()
    {
        var south = await (await SendAsync(TestKeys.South, HttpMethod.Get, "/v1/streams", null)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(Theirs, south, StringComparison.Ordinal);
        Assert.DoesNotContain("south/", south, StringComparison.Ordinal);
        foreach (var key in new[] { TestKeys.North, TestKeys.Operator })
        {
            foreach (var list in new[] { "/v1/streams", "/v1/dead-letters" })
            {
                var answer = await SendAsync(key, HttpMethod.Get, list, null);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.DoesNotContain(Theirs, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_socket_cannot_resume_another_tenants_stream_and_starts_its_own_under_that_id()
    {
        await using var client = await SocketClient.ConnectAsync(_server, TestKeys.North);
        await client.SayAsync(new ResumeSession(Theirs, 0));
        var theirs = (ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload;
        await client.SayAsync(new ResumeSession(Nobodys, 0));
        var nobodys = (ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload;
        Assert.Equal((nobodys.Code, nobodys.Message, nobodys.Recoverable), (theirs.Code, theirs.Message, theirs.Recoverable));
        Assert.Equal(ErrorCodes.StreamNotFound, theirs.Code);

        await client.SayAsync(new StartSession(new SessionSettings(), Theirs));
        Assert.Equal(1, (await client.HearAsync<SessionStartedPayload>()).EventId);
        Assert.DoesNotContain(client.Heard, heard => Encoding.UTF8.GetString(heard.ToUtf8()).Contains("secret", StringComparison.Ordinal));
    }

    private static string Chunk(int sequence, string text) => $$"""{"sequence":{{sequence}},"start":{{sequence}},"end":{{sequence + 1}},"text":"{{text}}","speaker_id":"ana"}""";

    private static async Task<string> AnswerAsync(HttpResponseMessage answer, string id)
    {
        var headers = string.Join('\n', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode}\n{headers}\n{body}".Replace(id, "ID", StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string key, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Add("X-Api-Key", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, path.EndsWith("/chunks", StringComparison.Ordinal) ? "application/jsonl" : "application/json");
        return await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
