using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.IntegrationTests.Server;

public class ReadingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_listed_and_shown_with_its_figures()
    {
        await using var server = await ParleyServer.StartAsync();
        var first = await SaidAsync(server);
        var second = await HttpTests.OpenAsync(server);
        var list = (await JsonAsync(server, "/v1/streams"))["streams"]!.AsArray();
        Assert.Equal([second, first], list.Select(stream => (string)stream!["stream_id"]!));
        Assert.Equal(("live", 3, 2), ((string)list[1]!["state"]!, (int)list[1]!["chunks"]!, (int)list[1]!["speakers"]!));

        var detail = await JsonAsync(server, $"/v1/streams/{first}");
        Assert.Equal((3, 4, 1), ((int)detail["stats"]!["chunks_received"]!, (int)detail["expected"]![""]!, (int)detail["open_segments"]!));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        await using var server = await ParleyServer.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await HttpTests.OpenAsync(server));
        var (listed, before) = (new List<string>(), (string?)null);
        do
        {
            var page = await JsonAsync(server, $"/v1/streams?limit=2{(before is null ? "" : $"&before={before}")}");
            listed.AddRange(page["streams"]!.AsArray().Select(stream => (string)stream!["stream_id"]!));
            before = (string?)page["before"];
        }
        while (before is not null);
        ids.Reverse();
        Assert.Equal(ids, listed);
    }

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("srt", "application/x-subrip")]
    [InlineData("vtt", "text/vtt")]
    [InlineData("txt", "text/plain")]
    [InlineData("md", "text/markdown")]
    [InlineData("csv", "text/csv")]
    [InlineData("jsonl", "application/jsonl")]
    [InlineData("ttml", "application/ttml+xml")]
    [InlineData("html", "text/html")]
    public async Task A_transcript_comes_in_every_format(string format, string type)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server, end: true);
        using var response = await server.Http.GetAsync($"/v1/streams/{id}/transcript?format={format}", Cancel);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("the night ferry", text, StringComparison.Ordinal);
        if (format == "json") Assert.Equal(3, (await TranscriptJson.ReadAsync(await response.Content.ReadAsStreamAsync(Cancel), Cancel)).Segments.Count);
    }

    [Fact]
    public async Task Who_speaks_when_comes_without_what_was_said()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server, end: true);
        var rttm = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=rttm", Cancel);
        Assert.Contains($"SPEAKER {id} 1 0.000 ", rttm, StringComparison.Ordinal);
        Assert.DoesNotContain("ferry", rttm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_an_export_are_parameters_of_the_query()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server, end: true);
        var plain = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=srt", Cancel);
        var changed = await server.Http.GetStringAsync(
            $"/v1/streams/{id}/transcript?format=srt&line_length=12&lines=1&speakers=none&offset_sec=60&line_ends=crlf", Cancel);
        Assert.Contains("00:00:00,000 --> ", plain, StringComparison.Ordinal);
        Assert.StartsWith("1\r\n00:01:00,000 --> ", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("ana", changed, StringComparison.Ordinal);
        var lines = changed.Split("\r\n").Where(line => !line.Contains("-->", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 12));
    }

    [Theory]
    [InlineData("format=srt&lines=0", "lines is not a whole number from 1 to 10.")]
    [InlineData("format=srt&lines=1&lines=2", "lines is given more than once.")]
    [InlineData("format=csv&lines=2", "lines goes with srt, vtt, ttml: csv has no use for it.")]
    [InlineData("format=srt&min_cue_sec=8", "min_cue_sec is more than max_cue_sec.")]
    [InlineData("format=srt&line_lenght=30", "line_lenght is not a parameter.")]
    [InlineData("lines=2", "lines goes with srt, vtt, ttml: json has no use for it.")]
    public async Task A_wrong_option_is_named(string query, string problem)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server, end: true);
        using var response = await server.Http.GetAsync($"/v1/streams/{id}/transcript?{query}", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_may_show_its_own_style_and_run_nothing()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server, end: true);
        using var response = await server.Http.GetAsync($"/v1/streams/{id}/transcript?format=html", Cancel);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_is_what_a_model_would_be_given()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server);
        var context = await JsonAsync(server, $"/v1/streams/{id}/context");
        Assert.Equal("Recent conversation context:\n<conversation>\n[0.0s] ana: we take the night ferry\n[2.0s] ben: okay let us go with the night ferry then\n</conversation>", (string)context["text"]!);
        Assert.Equal((2, 10), (context["segments"]!.AsArray().Count, (int)context["max_segments"]!));
        Assert.True((int)context["tokens"]! > 10);
    }

    [Fact]
    public async Task Decisions_and_actions_are_listed_even_without_a_model()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server, end: true);
        await HttpTests.EventsAsync(server, id).ToListAsync(Cancel);
        var results = (await JsonAsync(server, $"/v1/streams/{id}/results"))["results"]!.AsArray();
        var action = Assert.Single(results, result => (string)result!["workflow"]! == "action_item")!;
        Assert.Equal(("done", "I will send you the tickets tomorrow", "ana"), ((string)action["state"]!, (string)action["text"]!, (string)action["speaker_id"]!));
    }

    [Fact]
    public async Task A_speaker_who_is_named_has_the_name_in_the_transcript_and_in_what_follows()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server);
        using var named = await server.Http.PutAsJsonAsync($"/v1/streams/{id}/speakers/ana", new { name = "Ana Lima" }, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, named.StatusCode);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await HttpTests.EventsAsync(server, id).ToListAsync(Cancel);
        var transcript = await JsonAsync(server, $"/v1/streams/{id}/transcript");
        Assert.Equal(["Ana Lima", "ben", "Ana Lima"], transcript["segments"]!.AsArray().Select(segment => (string)segment!["speaker"]!["id"]!));
    }

    [Fact]
    public async Task An_erased_stream_is_gone_everywhere()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await SaidAsync(server);
        for (var i = 0; i < 2; i++)
        {
            using var erased = await server.Http.DeleteAsync($"/v1/streams/{id}", Cancel);
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        }

        Assert.Empty((await JsonAsync(server, "/v1/streams"))["streams"]!.AsArray());
        foreach (var path in new[] { "", "/transcript", "/context", "/results", "/events" })
            await ProblemTests.AssertAsync(await server.Http.GetAsync($"/v1/streams/{id}{path}", Cancel), HttpStatusCode.Gone, "STREAM_ERASED");
        await ProblemTests.AssertAsync(
            await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent("""{"sequence":4,"start":9,"end":10,"text":"x"}"""), Cancel), HttpStatusCode.Gone, "STREAM_ERASED");
    }

    internal static async Task<JsonNode> JsonAsync(ParleyServer server, string path)
    {
        using var response = await server.Http.GetAsync(path, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<string> SaidAsync(ParleyServer server, bool end = false)
    {
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0, "end": 2, "text": "we take the night ferry", "speaker_id": "ana"}
            {"sequence": 2, "start": 2, "end": 4, "text": "okay let us go with the night ferry then", "speaker_id": "ben"}
            {"sequence": 3, "start": 4, "end": 6, "text": "I will send you the tickets tomorrow", "speaker_id": "ana"}
            """);
        if (end) await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        return id;
    }
}
