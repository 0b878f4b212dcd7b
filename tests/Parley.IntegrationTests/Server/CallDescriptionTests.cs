using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parley.IntegrationTests.Security;
using Parley.Protocol;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.IntegrationTests.Server;

/// <summary>What <c>/openapi/v1.json</c> tells programs that make a client from it.</summary>
public sealed partial class CallDescriptionTests : IAsyncLifetime
{
    private ParleyServer _server = null!;
    private JsonNode _document = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<(string Path, string Method, JsonObject Call)> Calls =>
        _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => (path.Key, call.Key, call.Value!.AsObject())));

    public async ValueTask InitializeAsync()
    {
        _server = await ParleyServer.StartAsync(settings: [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value))]);
        _server.Http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Operator);
        _document = JsonNode.Parse(await _server.Http.GetStringAsync("/openapi/v1.json", Cancel))!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Every_call_has_a_name_of_its_own()
    {
        string[] ids = [.. Calls.Select(call => call.Call["operationId"]!.GetValue<string>())];
        Assert.Equal(18, ids.Length);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][A-Za-z]+$", id));
        Assert.DoesNotContain(Calls, call => call.Method is "head" or "options");
    }

    [Fact]
    public void Every_refusal_is_a_problem_with_a_code()
    {
        foreach (var (path, method, call) in Calls)
        {
            var refusals = call["responses"]!.AsObject().Where(answer => answer.Key[0] is '4' or '5').ToArray();
            Assert.Superset(new HashSet<string> { "401", "403" }, refusals.Select(answer => answer.Key).ToHashSet());
            Assert.All(refusals, answer => Assert.Equal(
                ("#/components/schemas/ProblemAnswer", $"{method} {path}"),
                (answer.Value!["content"]!["application/problem+json"]!["schema"]!["$ref"]!.GetValue<string>(), $"{method} {path}")));
        }

        var codes = Schema("ProblemAnswer")["properties"]!["code"]!["enum"]!.AsArray().Select(code => code!.GetValue<string>());
        Assert.Contains(ErrorCodes.StreamNotFound, codes);
    }

    [Fact]
    public void The_credentials_are_named()
    {
        var schemes = _document["components"]!["securitySchemes"]!;
        Assert.Equal(("http", "bearer"), (schemes["bearer"]!["type"]!.GetValue<string>(), schemes["bearer"]!["scheme"]!.GetValue<string>()));
        Assert.Equal("X-Api-Key", schemes["key"]!["name"]!.GetValue<string>());
        Assert.Equal("query", schemes["ticket"]!["in"]!.GetValue<string>());
        Assert.Equal("""[{"bearer":[]},{"key":[]}]""", _document["security"]!.ToJsonString());
        var events = Calls.Single(call => call.Call["operationId"]!.GetValue<string>() == "followEvents").Call;
        Assert.Equal("""[{"bearer":[]},{"key":[]},{"ticket":[]}]""", events["security"]!.ToJsonString());
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_parameter_of_a_path_is_described()
    {
        foreach (Match reference in Reference().Matches(_document.ToJsonString()))
            Assert.NotNull(Schema(reference.Groups[1].Value));
        foreach (var (path, _, call) in Calls)
        {
            var named = call["parameters"]?.AsArray().Where(one => one!["in"]!.GetValue<string>() == "path").Select(one => one!["name"]!.GetValue<string>()) ?? [];
            Assert.Equal(Placeholder().Matches(path).Select(match => match.Groups[1].Value).Order(), named.Order());
        }
    }

    [Fact]
    public void Options_of_exports_are_described()
    {
        var call = Calls.Single(call => call.Call["operationId"]!.GetValue<string>() == "getTranscript").Call;
        var parameters = call["parameters"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()).ToHashSet();
        Assert.Superset(ExportParameter.All.Select(parameter => parameter.Name).Append("format").Append("summary").ToHashSet(), parameters);
    }

    [Fact]
    public void Events_are_described_as_they_are_written()
    {
        var mapping = Schema("Event")["discriminator"]!["mapping"]!.AsObject();
        var described = 0;
        foreach (Match example in Example().Matches(File.ReadAllText(Repository.At("docs", "protocol.md"))))
        {
            var envelope = JsonNode.Parse(example.Groups[1].Value)!.AsObject();
            if (mapping[envelope["type"]!.GetValue<string>()]?.GetValue<string>() is not { } name) continue;
            described++;
            var parts = Schema(name.Split('/')[^1])["allOf"]!.AsArray();
            Assert.Subset(Names(Schema("Event")), envelope.Select(field => field.Key).Where(field => field != "payload").ToHashSet());
            var payload = parts[1]!["properties"]!["payload"]!["$ref"]!.GetValue<string>().Split('/')[^1];
            Assert.Subset(Names(Schema(payload)), envelope["payload"]!.AsObject().Select(field => field.Key).ToHashSet());
        }

        Assert.True(described >= mapping.Count - 1, "There are fewer examples than kinds of events.");
    }

    private static HashSet<string> Names(JsonNode schema) => schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet();

    private JsonNode Schema(string name) =>
        _document["components"]!["schemas"]![name] ?? throw new InvalidOperationException($"There is no schema {name}.");

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("```json server\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
