using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Parley.IntegrationTests.Security;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>What streams are known and found by, over HTTP and the socket.</summary>
public class DescriptionTests
{
    private const string Description = """
        "title": "Ferry bookings", "participants": [{"name": "Ana", "id": "ana", "role": "agent"}, {"name": "Ben"}], "labels": {"team": "sales"},
        "language": "en-GB", "metadata": {"ticket": {"id": 7, "open": true}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_described_at_its_start_and_shown_so_ever_after()
    {
        using var data = new TemporaryFolder();
        await using var server = await ParleyServer.StartAsync(data.Path);
        var id = await OpenAsync(server, $$"""{"external_id": "crm/4711", "max_gap_sec": 0.5, {{Description}}}""");
        await server.RestartAsync();
        var expected = JsonNode.Parse($$"""{"external_id": "crm/4711", {{Description}}}""")!.AsObject();
        AssertHas(expected, await GetAsync(server, $"/v1/streams/{id}"));
        AssertHas(expected, (await GetAsync(server, "/v1/streams"))["streams"]![0]!);
        await EndedAsync(server, id);
        AssertHas(expected, await GetAsync(server, $"/v1/streams/{id}"));
        AssertHas(expected, (await GetAsync(server, "/v1/streams"))["streams"]![0]!);
    }

    [Theory]
    [InlineData("crm/4711")]
    [InlineData("call 4711 – Žluťoučký кот 😀")]
    [InlineData("a%2Fb/c%252F")]
    [InlineData("https://crm.example/calls?id=1&x=#2")]
    [InlineData(" +;,:@=&!$'()*~\\\"<>[]{}|^` ")]
    [InlineData("100%")]
    [InlineData("/")]
    [InlineData("../..")]
    public async Task An_external_id_is_taken_wherever_an_id_is(string externalId)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server, new JsonObject { ["external_id"] = externalId }.ToJsonString());
        var name = Uri.EscapeDataString(externalId);
        const string chunks = """
            {"sequence": 1, "start": 0.4, "end": 1.1, "text": "good morning", "speaker_id": "ana"}
            """;
        Assert.Equal("""{"accepted":1,"duplicates":0,"last_sequence":1}""", await HttpTests.PostAsync(server, $"/v1/streams/{name}/chunks", chunks));
        await HttpTests.PostAsync(server, $"/v1/streams/{name}/messages?format=vosk&sequence=1&source=v", """{"partial": ""}""");
        await SendAsync(server, HttpMethod.Put, $"/v1/streams/{name}/speakers/ana", """{"name": "Ana"}""");
        await SendAsync(server, HttpMethod.Patch, $"/v1/streams/{name}", """{"title": "T"}""");

        await using (var socket = await SocketClient.ConnectAsync(server))
        {
            await socket.SayAsync(new ResumeSession(externalId, 0));
            Assert.Equal(id, (await socket.HearAsync<SessionResumedPayload>()).StreamId);
        }

        await HttpTests.PostAsync(server, $"/v1/streams/{name}/end", "");
        await foreach (var item in HttpTests.EventsAsync(server, name)) Assert.NotNull(item.Data);
        Assert.Contains("good morning", await server.Http.GetStringAsync($"/v1/streams/{name}/transcript?format=txt", Cancel), StringComparison.Ordinal);
        await GetAsync(server, $"/v1/streams/{name}/context");
        await GetAsync(server, $"/v1/streams/{name}/results");
        await GetAsync(server, $"/v1/streams?before={name}");
        await GetAsync(server, $"/v1/dead-letters?stream_id={name}");
        await HttpTests.PostAsync(server, "/v1/dead-letters/redrive", new JsonObject { ["stream_id"] = externalId }.ToJsonString(), "application/json");
        var stream = await GetAsync(server, $"/v1/streams/{name}");
        Assert.Equal((id, externalId, "T"), ((string)stream["stream_id"]!, (string)stream["external_id"]!, (string)stream["title"]!));
        await SendAsync(server, HttpMethod.Delete, $"/v1/streams/{name}", null);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(server, HttpMethod.Get, $"/v1/streams/{id}"));
    }

    [Fact]
    public async Task Opening_again_finds_the_stream_also_when_many_do_at_once()
    {
        await using var server = await ParleyServer.StartAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var answer = await server.Http.PostAsync("/v1/streams", Json("""{"external_id": "crm/4711"}"""), Cancel);
            return (answer.StatusCode, Id: (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["stream_id"]!);
        }));
        Assert.Single(opened.Select(answer => answer.Id).Distinct());
        Assert.Single(opened, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, opened.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await GetAsync(server, "/v1/streams"))["streams"]!.AsArray());

        await using var socket = await SocketClient.ConnectAsync(server);
        await socket.SayAsync("""{"type": "START_SESSION", "external_id": "crm/4711", "title": "A repeat changes nothing"}""");
        Assert.Equal(opened[0].Id, (await socket.HearAsync<SessionStartedPayload>()).StreamId);
        Assert.Null((await GetAsync(server, "/v1/streams/crm%2F4711"))["title"]);
    }

    [Fact]
    public async Task An_external_id_belongs_to_one_stream()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server, """{"external_id": "a"}""");
        const string other = """{"stream_id": "str-0f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11", "external_id": "a"}""";
        using var refused = await server.Http.PostAsync("/v1/streams", Json(other), Cancel);
        await AssertTakenAsync(refused, id);
        await using var socket = await SocketClient.ConnectAsync(server);
        await socket.SayAsync("""{"type": "START_SESSION", """ + other[1..]);
        var error = (ErrorPayload)(await socket.HearAsync<ErrorPayload>()).Payload;
        Assert.Equal((ErrorCodes.ExternalIdTaken, true, id), (error.Code, error.Recoverable, error.Details!.Value.GetProperty("stream_id").GetString()));

        var second = await OpenAsync(server, """{"external_id": "b"}""");
        using var patched = await server.Http.PatchAsync($"/v1/streams/{second}", Json("""{"external_id": "a"}"""), Cancel);
        await AssertTakenAsync(patched, id);
        await SendAsync(server, HttpMethod.Patch, "/v1/streams/a", """{"external_id": "c"}""");
        await SendAsync(server, HttpMethod.Patch, "/v1/streams/b", """{"external_id": "a"}""");
        Assert.Equal(second, (string)(await GetAsync(server, "/v1/streams/a"))["stream_id"]!);
        Assert.Equal(id, (string)(await GetAsync(server, "/v1/streams/c"))["stream_id"]!);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Get, "/v1/streams/b"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patch_is_merged_into_live_and_ended_streams(bool hasEnded)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server, $$"""{"external_id": "a", {{Description}}}""");
        if (hasEnded) await EndedAsync(server, id);
        await SendAsync(server, HttpMethod.Patch, $"/v1/streams/{id}", """
            {"title": null, "labels": {"team": null, "city": "Split"}, "participants": [{"name": "Eva"}], "metadata": {"ticket": {"open": null, "by": "eva"}}}
            """);
        AssertHas(
            JsonNode.Parse("""
                {"external_id": "a", "participants": [{"name": "Eva"}], "labels": {"city": "Split"}, "language": "en-GB", "metadata": {"ticket": {"id": 7, "by": "eva"}}}
                """)!.AsObject(),
            await GetAsync(server, $"/v1/streams/{id}"));
        Assert.Empty((await GetAsync(server, "/v1/streams?label=team"))["streams"]!.AsArray());
        Assert.Single((await GetAsync(server, "/v1/streams?label=city"))["streams"]!.AsArray());
        await SendAsync(server, HttpMethod.Patch, $"/v1/streams/{id}", """{"external_id": null, "participants": null, "labels": null, "language": null, "metadata": null}""");
        AssertHas([], await GetAsync(server, $"/v1/streams/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Get, "/v1/streams/a"));
    }

    [Fact]
    public async Task Patches_that_come_at_once_are_all_merged()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server, "{}");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SendAsync(server, HttpMethod.Patch, $"/v1/streams/{id}", $$$"""{"labels": {"k{{{i}}}": "v"}}""")));
        Assert.Equal(20, (await GetAsync(server, $"/v1/streams/{id}"))["labels"]!.AsObject().Count);
    }

    [Theory]
    [InlineData("", ErrorCodes.InvalidMessage, "not a JSON object")]
    [InlineData("[]", ErrorCodes.InvalidMessage, "not a JSON object")]
    [InlineData("""{"state": "ended"}""", ErrorCodes.NotSupported, "state cannot be changed")]
    [InlineData("""{"title": "a", "title": "b"}""", ErrorCodes.InvalidMessage, "twice")]
    [InlineData("""{"title": 7}""", ErrorCodes.InvalidConfig, "title")]
    [InlineData("""{"labels": {"a b": "c"}}""", ErrorCodes.InvalidConfig, "labels")]
    public async Task A_patch_that_is_wrong_changes_nothing(string patch, string code, string named)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server, """{"title": "As it was"}""");
        using var answer = await server.Http.PatchAsync($"/v1/streams/{id}", Json(patch), Cancel);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, (string)problem["code"]!));
        Assert.Contains(named, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("As it was", (string)(await GetAsync(server, $"/v1/streams/{id}"))["title"]!);
    }

    [Fact]
    public async Task Erasing_a_stream_erases_what_it_was_known_by()
    {
        using var data = new TemporaryFolder();
        await using (var server = await ParleyServer.StartAsync(data.Path))
        {
            var id = await OpenAsync(server, """{"external_id": "crm-tracer", "title": "title-tracer", "labels": {"label-tracer": "x"}, "metadata": {"a": "meta-tracer"}}""");
            await SendAsync(server, HttpMethod.Delete, $"/v1/streams/{id}", null);
            Assert.Equal(HttpStatusCode.Gone, await StatusAsync(server, HttpMethod.Patch, $"/v1/streams/{id}", """{"title": "x"}"""));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Get, "/v1/streams/crm-tracer"));
            Assert.NotEqual(id, await OpenAsync(server, """{"external_id": "other"}"""));
        }

        Assert.All(
            Directory.EnumerateFiles(data.Path), file => Assert.DoesNotContain("-tracer", Encoding.UTF8.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tenants_have_external_ids_of_their_own()
    {
        await using var server = await ParleyServer.StartAsync(settings: [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value))]);
        var (south, north) = (await OpenAsync(server, """{"external_id": "a"}""", TestKeys.South), await OpenAsync(server, """{"external_id": "a"}""", TestKeys.North));
        Assert.NotEqual(south, north);
        await OpenAsync(server, """{"external_id": "south/a"}""", TestKeys.South);
        foreach (var key in new[] { TestKeys.North, TestKeys.Operator })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Get, "/v1/streams/south%2Fa", null, key));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Patch, "/v1/streams/south%2Fa", """{"title": "x"}""", key));
        }

        await using var socket = await SocketClient.ConnectAsync(server, TestKeys.North);
        await socket.SayAsync(new ResumeSession("south/a", 0));
        Assert.Equal(ErrorCodes.StreamNotFound, ((ErrorPayload)(await socket.HearAsync<ErrorPayload>()).Payload).Code);
        await socket.SayAsync(new ResumeSession("a", 0));
        Assert.Equal(north, (await socket.HearAsync<SessionResumedPayload>()).StreamId);
    }

    internal static async Task<string> OpenAsync(ParleyServer server, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/streams") { Content = Json(body) };
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        using var answer = await server.Http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return (string)JsonNode.Parse(text)!["stream_id"]!;
    }

    internal static async Task<JsonNode> GetAsync(ParleyServer server, string path)
    {
        using var answer = await server.Http.GetAsync(path, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    internal static async Task EndedAsync(ParleyServer server, string id)
    {
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await foreach (var item in HttpTests.EventsAsync(server, id)) Assert.NotNull(item.Data);
    }

    private static async Task SendAsync(ParleyServer server, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using var answer = await server.Http.SendAsync(request, Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {await answer.Content.ReadAsStringAsync(Cancel)}");
    }

    private static async Task<HttpStatusCode> StatusAsync(ParleyServer server, HttpMethod method, string path, string? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        using var answer = await server.Http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task AssertTakenAsync(HttpResponseMessage answer, string by)
    {
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal(
            (HttpStatusCode.Conflict, ErrorCodes.ExternalIdTaken, by), (answer.StatusCode, (string)problem["code"]!, (string)problem["stream_id"]!));
    }

    private static void AssertHas(JsonObject expected, JsonNode stream)
    {
        foreach (var field in StreamDescription.FieldNames)
            Assert.True(JsonNode.DeepEquals(expected[field], stream[field]), $"{field}: {stream[field]?.ToJsonString()}");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
