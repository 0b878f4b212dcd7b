using System.Text.Json.Nodes;
using Parley.IntegrationTests.Server;
using Parley.Tests.Cli;

namespace Parley.IntegrationTests.Cli;

/// <summary>Conversations with a title, an external id and labels, on the command line.</summary>
public sealed class DescriptionCommandTests : IDisposable
{
    private const string Chunk = """{"start":0,"end":1,"text":"one"}""";

    private readonly KeptConversations _kept = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task What_a_run_is_called_is_listed_and_found()
    {
        await RunAsync("--title", "Ferry bookings", "--external-id", "crm/4711", "--label", "team=sales", "--label", "urgent=");
        await RunAsync();
        var lines = Lines(await _kept.Of("streams"));
        Assert.Equal(["crm/4711", "Ferry bookings", "team=sales urgent="], lines[0][6..]);
        Assert.Equal(6, lines[1].Length);

        var json = JsonNode.Parse((await _kept.Of("streams", "--json")).Output.Split('\n')[0])!;
        Assert.Equal(("crm/4711", "Ferry bookings", "sales"), ((string)json["external_id"]!, (string)json["title"]!, (string)json["labels"]!["team"]!));
        var table = (await CommandRun.AtTerminal("", "streams", "--data", _kept.Data)).Output;
        Assert.Contains("Ferry bookings · crm/4711", table, StringComparison.Ordinal);

        Assert.Equal(0, (await _kept.Of("replay", "crm/4711", "--verify")).ExitCode);
        Directory.CreateDirectory(_kept.At("copy"));
        Assert.Equal(0, (await _kept.Of("backup", _kept.At("copy/parley.db"))).ExitCode);
        Assert.Equal(0, (await _kept.Of("erase", "crm/4711", "--yes")).ExitCode);
        Assert.Equal([6, 6], Lines(await _kept.Of("streams")).Select(line => line.Length));
        Assert.Equal(2, (await _kept.Of("replay", "crm/4711")).ExitCode);
        Assert.Equal(0, (await CommandRun.Of("replay", "crm/4711", "--data", _kept.At("copy"))).ExitCode);
    }

    [Fact]
    public async Task Conversations_are_listed_by_state_label_and_time()
    {
        await RunAsync("--title", "1", "--label", "team=sales");
        await RunAsync("--title", "2", "--label", "team=support");
        await _kept.Of("erase", await RunAsync("--title", "3"), "--yes");
        Assert.Equal(3, Lines(await _kept.Of("streams")).Count);
        Assert.Equal(["1", "2"], Titles(await _kept.Of("streams", "--label", "team")));
        Assert.Equal(["2"], Titles(await _kept.Of("streams", "--label", "team=support")));
        Assert.Empty(Lines(await _kept.Of("streams", "--label", "support")));
        Assert.Equal("erased", Assert.Single(Lines(await _kept.Of("streams", "--state", "erased")))[2]);
        Assert.Equal(3, Lines(await _kept.Of("streams", "--from", "2020-01-01")).Count);
        Assert.Empty(Lines(await _kept.Of("streams", "--to", "2020-01-01T10:00:00Z")));
        Assert.Equal(2, (await _kept.Of("streams", "--state", "live")).ExitCode);
        Assert.Equal(2, (await _kept.Of("streams", "--from", "yesterday")).ExitCode);
    }

    [Theory]
    [InlineData("parley: --label must be KEY=VALUE, such as team=sales.\n", "--label", "sales")]
    [InlineData("parley: labels: a key is not 1 to 63 letters, digits, hyphens, underscores, dots and slashes.\n", "--label", "a b=c")]
    [InlineData("parley: title is not 1 to 256 characters.\n", "--title", "")]
    public async Task What_is_out_of_range_is_refused(string error, params string[] args)
    {
        var run = await CommandRun.WithInput(Chunk, ["run", "-", "--out", _kept.At("out"), .. args]);
        Assert.Equal((2, error), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_run_is_a_new_conversation()
    {
        var first = await RunAsync("--external-id", "crm/4711");
        var run = await CommandRun.WithInput(Chunk, ["run", "-", "--out", _kept.At("other"), "--data", _kept.Data, "--external-id", "crm/4711"]);
        Assert.Equal((2, $"parley: {first} has the external id crm/4711 already, and a run is a new conversation.\n"), (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(_kept.At("other")));
    }

    [Fact]
    public async Task What_is_sent_is_called_so_and_watched_by_its_external_id()
    {
        await using var server = await ParleyServer.StartAsync();
        var sent = await CommandRun.WithInput(
            Chunk, "send", "-", "--to", server.Url, "--title", "Ferry bookings", "--external-id", "crm/4711", "--label", "team=sales");
        Assert.Equal(0, sent.ExitCode);
        var stream = await DescriptionTests.GetAsync(server, "/v1/streams/crm%2F4711");
        Assert.Equal(
            (sent.Output.TrimEnd('\n'), "Ferry bookings", "sales"), ((string)stream["stream_id"]!, (string)stream["title"]!, (string)stream["labels"]!["team"]!));
        var watched = await CommandRun.Of("watch", "crm/4711", "--to", server.Url);
        Assert.Equal(0, watched.ExitCode);
        Assert.Contains("one", watched.Output, StringComparison.Ordinal);

        // Where there is none of that name, it is begun under it.
        var other = await CommandRun.WithInput(Chunk, "send", "-", "--to", server.Url, "--stream", "crm/4712");
        Assert.Equal(other.Output.TrimEnd('\n'), (string)(await DescriptionTests.GetAsync(server, "/v1/streams/crm%2F4712"))["stream_id"]!);
        var twice = await CommandRun.WithInput(Chunk, "send", "-", "--to", server.Url, "--stream", "a", "--external-id", "b");
        Assert.Equal((2, "parley: --stream names an external id already: leave --external-id out.\n"), (twice.ExitCode, twice.Error));
    }

    private async Task<string> RunAsync(params string[] args)
    {
        var run = await CommandRun.WithInput(Chunk, ["run", "-", "--out", _kept.At("out"), "--data", _kept.Data, "--durability", "process", .. args]);
        Assert.True(run.ExitCode == 0, run.Error);
        return (string)JsonNode.Parse(await File.ReadAllTextAsync(_kept.At("out/report.json"), Cancel))!["stream_id"]!;
    }

    private static List<string[]> Lines(CommandRun run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];

    private static IEnumerable<string> Titles(CommandRun run) => Lines(run).Select(line => line[7]);
}
