using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>Which streams a list has, and what no log has of them.</summary>
public class ListFilterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_are_listed_by_state_label_and_time()
    {
        var clock = new FakeTimeProvider(Start);
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await DescriptionTests.OpenAsync(server, """{"title": "1", "labels": {"team": "sales"}}""");
        clock.Advance(TimeSpan.FromMinutes(10));
        await DescriptionTests.OpenAsync(server, """{"title": "2", "labels": {"team": "support", "urgent": ""}}""");
        clock.Advance(TimeSpan.FromMinutes(10));
        await DescriptionTests.OpenAsync(server, """{"title": "3", "external_id": "crm/3"}""");
        var ended = (string)(await DescriptionTests.GetAsync(server, "/v1/streams?label=team:sales"))["streams"]![0]!["stream_id"]!;
        await DescriptionTests.EndedAsync(server, ended);

        await AssertListsAsync(server, "", "3", "2", "1");
        await AssertListsAsync(server, "?state=live", "3", "2");
        await AssertListsAsync(server, "?state=ended", "1");
        await AssertListsAsync(server, "?label=team", "2", "1");
        await AssertListsAsync(server, "?label=team:support", "2");
        await AssertListsAsync(server, "?label=urgent:", "2");
        await AssertListsAsync(server, "?label=tea");
        await AssertListsAsync(server, "?label=team&state=ended", "1");
        await AssertListsAsync(server, "?from=2026-01-31T09:10:00Z", "3", "2");
        await AssertListsAsync(server, "?from=2026-01-31T10:10:00.0000001%2B01:00&to=2026-01-31T09:20Z");
        await AssertListsAsync(server, "?to=2026-01-31T11:10:00+02:00", "1");
        await AssertListsAsync(server, "?from=2026-01-31&to=2026-02-01&limit=2&before=crm%2F3", "2", "1");
        var page = await DescriptionTests.GetAsync(server, "/v1/streams?label=team&limit=1");
        await AssertListsAsync(server, $"?label=team&limit=1&before={page["before"]}", "1");
    }

    [Theory]
    [InlineData("?lable=x", "lable is not a parameter. Known are state, label, from, to, before, limit.")]
    [InlineData("?State=live", "State is not a parameter")]
    [InlineData("?state=live&x=", "x is not a parameter")]
    [InlineData("?state=open", "state is not live or ended.")]
    [InlineData("?state=live&state=ended", "state is given more than once.")]
    [InlineData("?label=", "label is not a key, or a key, a colon and a value.")]
    [InlineData("?from=yesterday", "from is not a date or a time such as 2026-01-31T09:00:00Z.")]
    [InlineData("?to=12", "to is not a date or a time such as 2026-01-31T09:00:00Z.")]
    [InlineData("?limit=201", "limit is not a whole number from 1 to 200.")]
    public async Task What_is_not_understood_is_refused_by_name(string query, string detail)
    {
        await using var server = await ParleyServer.StartAsync();
        using var answer = await server.Http.GetAsync($"/v1/streams{query}", Cancel);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.InvalidMessage), (answer.StatusCode, (string)problem["code"]!));
        Assert.StartsWith(detail, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_line_and_no_figure_has_a_word_of_it()
    {
        var lines = new LogLines();
        await using var server = await ParleyServer.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(lines).SetMinimumLevel(LogLevel.Debug);
            // What the web server logs of addresses is the application's choice; parley serve logs none of it.
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        });
        const string tracer = """{"external_id": "id-tracer", "title": "title-tracer", "labels": {"label-tracer": "value-tracer"}, "participants": [{"name": "name-tracer"}]}""";
        var id = await DescriptionTests.OpenAsync(server, tracer);
        using var patched = await server.Http.PatchAsync("/v1/streams/id-tracer", new StringContent("""{"title": "other-tracer", "language": "-"}"""), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, patched.StatusCode);
        using var taken = await server.Http.PostAsync("/v1/streams", new StringContent($$"""{"stream_id": "str-{{Guid.NewGuid()}}", "external_id": "id-tracer"}"""), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        using var missing = await server.Http.GetAsync("/v1/streams/missing-tracer", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        await DescriptionTests.EndedAsync(server, id);
        Assert.DoesNotContain("tracer", await server.Http.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(lines.RestOfTexts(), line => line.Contains("tracer", StringComparison.Ordinal));
    }

    private static async Task AssertListsAsync(ParleyServer server, string query, params string[] titles) => Assert.Equal(
        titles, (await DescriptionTests.GetAsync(server, $"/v1/streams{query}"))["streams"]!.AsArray().Select(stream => (string)stream!["title"]!));
}
