using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Parley.IntegrationTests.Server;

public class ProblemTests
{
    private const string Unknown = "str-0f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1/nothing", null, 404, "NOT_FOUND")]
    [InlineData("PATCH", "/v1/streams", null, 405, "NOT_SUPPORTED")]
    [InlineData("GET", $"/v1/streams/{Unknown}", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("GET", $"/v1/streams/{Unknown}/events", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("GET", $"/v1/streams/{Unknown}/transcript", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("GET", $"/v1/streams/{Unknown}/context", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("GET", "/v1/streams/ferry", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("DELETE", $"/v1/streams/{Unknown}", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("POST", $"/v1/streams/{Unknown}/end", null, 404, "STREAM_NOT_FOUND")]
    [InlineData("POST", $"/v1/streams/{Unknown}/chunks", """{"sequence":1,"start":0,"end":1,"text":"x"}""", 404, "STREAM_NOT_FOUND")]
    [InlineData("PUT", $"/v1/streams/{Unknown}/speakers/ana", """{"name":"Ana"}""", 404, "STREAM_NOT_FOUND")]
    [InlineData("PUT", $"/v1/streams/{Unknown}/speakers/ana", """{"name":" "}""", 400, "invalid_message")]
    [InlineData("GET", "/v1/streams?limit=0", null, 400, "invalid_message")]
    [InlineData("GET", "/v1/dead-letters?limit=x", null, 400, "invalid_message")]
    [InlineData("POST", "/v1/streams", "[1]", 400, "invalid_message")]
    [InlineData("POST", "/v1/streams", "{", 400, "invalid_message")]
    [InlineData("POST", "/v1/streams", """{"stream_id":"ferry"}""", 400, "invalid_message")]
    [InlineData("POST", "/v1/streams", """{"idle_final_sec":0}""", 400, "INVALID_CONFIG")]
    [InlineData("POST", "/v1/streams", """{"enable_prosody":true}""", 400, "NOT_SUPPORTED")]
    [InlineData("POST", "/v1/streams", """{"stream_id":"\ud800"}""", 400, "invalid_message")]
    [InlineData("POST", "/v1/streams", """{"\ud800":1}""", 400, "invalid_message")]
    [InlineData("PUT", $"/v1/streams/{Unknown}/speakers/ana", """{"name":"\ud800"}""", 400, "invalid_message")]
    [InlineData("POST", "/v1/dead-letters/redrive", """{"segment_id":"\udc00"}""", 400, "invalid_message")]
    [InlineData("GET", "/stream", null, 400, "invalid_message")]
    public async Task Every_refusal_is_a_problem_with_a_code(string method, string path, string? body, int status, string code)
    {
        await using var server = await ParleyServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (path.EndsWith("/chunks", StringComparison.Ordinal)) request.Content!.Headers.ContentType = new("application/jsonl");
        await AssertAsync(await server.Http.SendAsync(request, Cancel), (HttpStatusCode)status, code);
    }

    [Theory]
    [InlineData("""{"sequence":4,"start":3,"end":4,"text":"x"}""", 409, "SEQUENCE_GAP", "sequence", 4)]
    [InlineData("""{"sequence":3,"start":3,"end":2,"text":"x"}""", 400, "INVALID_CHUNK", "sequence", 3)]
    [InlineData("""{"sequence":3,"start":3,"end":4}""", 400, "invalid_message", "last_sequence", 2)]
    [InlineData("""{"sequence":0,"start":3,"end":4,"text":"x"}""", 400, "invalid_message", "last_sequence", 2)]
    [InlineData("ferry", 400, "invalid_message", "accepted", 2)]
    [InlineData("""{"sequence":3,"start":3,"end":4,"text":"\ud800"}""", 400, "invalid_message", "accepted", 2)]
    public async Task What_was_taken_before_a_refusal_is_told_and_stays(string third, int status, string code, string detail, long figure)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        var body = $$"""
            {"sequence":1,"start":0,"end":1,"text":"one"}
            {"sequence":2,"start":1,"end":2,"text":"two"}

            {{third}}
            {"sequence":5,"start":5,"end":6,"text":"three"}
            """;
        var problem = await AssertAsync(await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(body), Cancel), (HttpStatusCode)status, code);
        Assert.Equal((2, figure), ((int)problem["accepted"]!, (long)problem[detail]!));
        Assert.Equal("""{"accepted":1,"duplicates":2,"last_sequence":3}""", await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence":1,"start":0,"end":1,"text":"one"}
            {"sequence":2,"start":1,"end":2,"text":"two"}
            {"sequence":3,"start":3,"end":4,"text":"three"}
            """));
    }

    [Fact]
    public async Task A_line_or_a_body_that_is_too_large_is_refused_by_its_size()
    {
        await using var server = await ParleyServer.StartAsync(settings: [("MaxMessageBytes", "1024"), ("MaxBodyBytes", "4096")]);
        var id = await HttpTests.OpenAsync(server);
        var large = $$"""{"sequence":1,"start":0,"end":1,"text":"{{new string('x', 1024)}}"}""";
        await AssertAsync(await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(large), Cancel), HttpStatusCode.RequestEntityTooLarge, "MESSAGE_TOO_LARGE");
        await AssertAsync(
            await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent($"[{large}]", Encoding.UTF8, "application/json"), Cancel),
            HttpStatusCode.RequestEntityTooLarge, "MESSAGE_TOO_LARGE");
        await AssertAsync(await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(new string('\n', 5000)), Cancel), HttpStatusCode.RequestEntityTooLarge, "MESSAGE_TOO_LARGE");
    }

    [Fact]
    public async Task A_body_in_pieces_of_an_impossible_size_is_a_bad_request()
    {
        await using var server = await ParleyServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Socket.Host, server.Socket.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/streams HTTP/1.1\r\nHost: {server.Socket.Authority}\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(Cancel));
    }

    [Theory]
    [InlineData("ViewerCapacity", "0", "Parley:ViewerCapacity must be from 1 to 65536; it is 0.")]
    [InlineData("KeepAliveSec", "NaN", "Parley:KeepAliveSec must be from 0.1 to 3600; it is NaN.")]
    [InlineData("Data", " ", "Parley:Data must be a folder")]
    [InlineData("Limits:Streams", "0", "Parley:Limits:Streams must be from 1 to 1000000; it is 0.")]
    [InlineData("ContextTokens", "10", "Parley:ContextTokens must be from 50 to 1000000; it is 10.")]
    [InlineData("Model:CallsPerStream", "-1", "Parley:Model:CallsPerStream must be from 0 to 1000000000; it is -1.")]
    [InlineData("Model:CostPerStream", "0.5", "Parley:Model:CostPerStream needs a price")]
    [InlineData("MaxMessageBytes", "many", "Parley:MaxMessageBytes")]
    [InlineData("Durability", "paper", "Parley:Durability")]
    [InlineData("Durability", "7", "Parley:Durability must be Disk or Process; it is 7.")]
    [InlineData("Defaults:MaxSegmentSec", "0", "Parley:Defaults:MaxSegmentSec must be from 0.1 to 86400; it is 0.")]
    [InlineData("Defaults:Overlap", "shout", "Parley:Defaults:Overlap")]
    [InlineData("Work:Capacity", "0", "Parley:Work:Capacity must be from 1 to 1000000; it is 0.")]
    [InlineData("Work:Question:Workers", "0", "Parley:Work:Question:Workers must be from 1 to 256; it is 0.")]
    [InlineData("Work:General:TimeoutSec", "0.001", "Parley:Work:General:TimeoutSec must be from 0.01 to 3600; it is 0.001.")]
    [InlineData("Routing:agreement", "bin", "Parley:Routing:agreement must be question, action_item, decision or general; it is bin.")]
    [InlineData("Semantics:Lexicon", "/nowhere/lexicon.json", "Parley:Semantics:Lexicon: Could not find")]
    [InlineData("RedactionPatterns:0:Regex", "(", "Parley:RedactionPatterns:0: ")]
    [InlineData("RedactionPatternsFile", "/nowhere/patterns.txt", "Parley:RedactionPatternsFile: Could not find")]
    [InlineData("PhoneRegions", "DE,XX", "Parley:PhoneRegions: \"XX\" is not a region")]
    [InlineData("Kestrel:SlowGraceSec", "1", "Parley:Kestrel:SlowGraceSec must be from 2 to 3600; it is 1.")]
    public async Task A_setting_out_of_its_range_stops_the_server_and_is_named(string key, string value, string message)
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => ParleyServer.StartAsync(settings: [(key, value)]));
        Assert.True(problem is OptionsValidationException or InvalidOperationException, problem.ToString());
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limit:Streams", "Parley:Limit is not a setting; is Parley:Limits meant?")]
    [InlineData("Limits:ChunkPerSec", "Parley:Limits:ChunkPerSec is not a setting; is Parley:Limits:ChunksPerSec meant?")]
    [InlineData("Keys:0:Hsh", "Parley:Keys:0:Hsh is not a setting; is Parley:Keys:0:Hash meant?")]
    [InlineData("Jwt:Sekret", "Parley:Jwt:Sekret is not a setting; is Parley:Jwt:Secret meant?")]
    [InlineData("Ferry", "Parley:Ferry is not a setting.")]
    [InlineData("Routing:agreemnt", "Parley:Routing:agreemnt is not a setting; is Parley:Routing:agreement meant?", "general")]
    [InlineData("Work:Questions:Workers", "Parley:Work:Questions is not a setting; is Parley:Work:Question meant?")]
    [InlineData("RedactionPatterns:0:Regx", "Parley:RedactionPatterns:0:Regx is not a setting; is Parley:RedactionPatterns:0:Regex meant?")]
    public async Task A_setting_that_there_is_not_stops_the_server_and_is_named(string key, string message, string value = "5")
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => ParleyServer.StartAsync(settings: [(key, value)]));
        Assert.Contains(message, problem.Failures);
    }

    [Fact]
    public async Task Every_setting_that_there_is_is_known_in_any_case_of_its_letters_and_other_settings_are_nobodys_business()
    {
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Configuration["Logging:LogLevel:Ferry"] = "Debug",
            settings: [("limits:STREAMS", "5"), ("Model:CallsPerStream", "5"), ("Model:General:Temperature", "0.5"), ("Work:Summary:Workers", "3"),
                ("Otlp:Endpoint", null), ("Ready:MinFreeBytes", "0"), ("Origins:0", "https://app.example.com"), ("data", null)]);
    }

    [Fact]
    public async Task Mapping_what_was_not_added_names_the_call_that_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddParley", Assert.Throws<InvalidOperationException>(() => app.MapParley()).Message, StringComparison.Ordinal);
    }

    internal static async Task<JsonNode> AssertAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Cancel);
            Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = JsonNode.Parse(text)!;
            Assert.Equal((code, (int)status), ((string)problem["code"]!, (int)problem["status"]!));
            Assert.NotEmpty((string)problem["title"]!);
            Assert.NotEmpty((string)problem["detail"]!);
            return problem;
        }
    }
}
