using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Parley.Tests.Cli;

namespace Parley.IntegrationTests.Cli;

public sealed class DataCommandTests : IDisposable
{
    private readonly KeptConversations _kept = new();

    public void Dispose() => _kept.Dispose();

    [Theory]
    [InlineData("streams")]
    [InlineData("replay", "str-x")]
    [InlineData("erase", "str-x")]
    [InlineData("backup", "copy.db")]
    [InlineData("doctor")]
    public async Task Every_command_teaches_itself_and_says_which_data_it_needs(params string[] args)
    {
        var help = await CommandRun.Of(args[0], "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--data <DIR>", help.Output, StringComparison.Ordinal);
        Assert.Contains($"  parley {args[0]} ", help.Output, StringComparison.Ordinal);

        Assert.Equal((2, "parley: which data? Name the folder: --data DIR, or set PARLEY_DATA.\n"), Refusal(await CommandRun.Of(args)));
        Assert.Equal(
            (2, $"parley: there is no folder {_kept.Data}. Name the one that you gave to parley run --data.\n"), Refusal(await _kept.Of(args)));
        Directory.CreateDirectory(_kept.Data);
        var empty = await CommandRun.Under("PARLEY_DATA", _kept.Data, args);
        Assert.Equal((2, $"parley: {_kept.Data} has no data: there is no parley.db in it. Name the folder that you gave to parley run --data.\n"), Refusal(empty));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_kept.Data));
    }

    [Fact]
    public async Task What_is_kept_is_listed_plainly_as_json_and_as_a_table()
    {
        var (first, _) = await _kept.RunAsync();
        var (second, _) = await _kept.RunAsync();
        await _kept.Of("erase", second, "--yes");

        var lines = (await _kept.Of("streams")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        Assert.Equal([[first, "ended", "489", "251"], [second, "erased", "0", "0"]], lines.Select(line => new[] { line[0], line[2], line[3], line[4] }));
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", line[1] + line[5][20..]));

        var json = (await CommandRun.Under("PARLEY_DATA", _kept.Data, "streams", "--json")).Output.Split('\n')[0];
        Assert.Equal((first, 489), (JsonNode.Parse(json)!["stream_id"]!.GetValue<string>(), JsonNode.Parse(json)!["facts"]!.GetValue<int>()));

        var table = (await CommandRun.AtTerminal("", "streams", "--data", _kept.Data)).Output;
        Assert.All(["started", first, "erased"], text => Assert.Contains(text, table, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erasing_asks_and_leaves_a_name_that_says_so()
    {
        var (stream, _) = await _kept.RunAsync();

        Assert.Equal((2, $"parley: nobody is here to ask: to erase {stream}, give --yes.\n"), Refusal(await _kept.Of("erase", stream)));
        var no = await CommandRun.AtTerminal("n\n", "erase", stream, "--data", _kept.Data);
        Assert.Equal(1, no.ExitCode);
        Assert.EndsWith("Nothing brings it back. [y/N] Nothing is erased.\n", no.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandRun.AtTerminal("", "erase", stream, "--data", _kept.Data)).ExitCode);
        Assert.Equal(0, (await _kept.Of("replay", stream)).ExitCode);

        Assert.Equal(0, (await CommandRun.AtTerminal("y\n", "erase", stream, "--data", _kept.Data)).ExitCode);
        Assert.Contains("had been erased", (await _kept.Of("erase", stream)).Error, StringComparison.Ordinal);
        Assert.Equal((2, $"parley: {stream} was erased.\n"), Refusal(await _kept.Of("replay", stream)));
        Assert.DoesNotContain(Directory.EnumerateFiles(_kept.Data), file => File.ReadAllText(file).Contains("loud and clear", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erasing_by_age_lists_first_and_does_not_trust_a_clock_far_ahead_of_the_data()
    {
        var (old, _) = await _kept.RunAsync();
        var (fresh, _) = await _kept.RunAsync();
        _kept.Tamper($"UPDATE streams SET ended_at=ended_at-{TimeSpan.FromDays(400).Ticks} WHERE id=1");

        var listed = await _kept.Of("erase", "--older-than", "30", "--dry-run");
        Assert.Equal((0, 1), (listed.ExitCode, listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.StartsWith($"{old}\t", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _kept.Of("replay", old)).ExitCode);
        Assert.Empty((await _kept.Of("erase", "--older-than", "30", "--tenant", "acme", "--dry-run")).Output);
        Assert.Equal(2, (await _kept.Of("erase", "--older-than", "30")).ExitCode);
        Assert.Equal(2, (await _kept.Of("erase", old, "--older-than", "30", "--yes")).ExitCode);

        var erased = await _kept.Of("erase", "--older-than", "30", "--yes");
        Assert.Contains("Erased: 1 conversations", erased.Error, StringComparison.Ordinal);
        Assert.Equal((2, $"parley: {old} was erased.\n"), Refusal(await _kept.Of("replay", old)));

        _kept.Tamper($"UPDATE streams SET ended_at=ended_at-{TimeSpan.FromDays(400).Ticks} WHERE id=2");
        var doubted = await _kept.Of("erase", "--older-than", "30", "--yes");
        Assert.Equal(2, doubted.ExitCode);
        Assert.Contains("but the newest fact is from", doubted.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _kept.Of("replay", fresh)).ExitCode);
        Assert.Equal(0, (await _kept.Of("erase", "--older-than", "30", "--yes", "--trust-clock")).ExitCode);
        Assert.Equal(2, (await _kept.Of("replay", fresh)).ExitCode);
    }

    [Fact]
    public async Task A_backup_is_data_like_any_other_and_replaces_nothing_unasked()
    {
        var (stream, _) = await _kept.RunAsync();
        Directory.CreateDirectory(_kept.At("copy"));
        var copy = _kept.At("copy/parley.db");
        Assert.Equal(0, (await _kept.Of("backup", copy)).ExitCode);
        Assert.Equal(0, (await CommandRun.Of("replay", stream, "--verify", "--data", _kept.At("copy"))).ExitCode);

        await _kept.Of("erase", stream, "--yes");
        Assert.Equal((2, $"parley: {copy} exists; name another file, or give --force to write over it.\n"), Refusal(await _kept.Of("backup", copy)));
        Assert.Equal(0, (await _kept.Of("backup", copy, "--force")).ExitCode);
        Assert.Contains("\terased\t", (await CommandRun.Of("streams", "--data", _kept.At("copy"))).Output, StringComparison.Ordinal);
        Assert.Equal(["parley.db"], Directory.EnumerateFiles(_kept.At("copy")).Select(Path.GetFileName).Where(name => !name!.Contains('-', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_backup_never_hurts_what_is_there()
    {
        await _kept.RunAsync();
        var own = Path.Combine(_kept.Data, "parley.db");
        Assert.Equal((2, $"parley: {own} is the data itself; name another file.\n"), Refusal(await _kept.Of("backup", own, "--force")));
        Assert.Equal((2, $"parley: {_kept.Data} is a folder; name a file.\n"), Refusal(await _kept.Of("backup", _kept.Data)));
        Assert.Contains("make it first", (await _kept.Of("backup", _kept.At("none/copy.db"))).Error, StringComparison.Ordinal);
        File.WriteAllText(_kept.At("used.db-wal"), "");
        Assert.Contains("is in use", (await _kept.Of("backup", _kept.At("used.db"), "--force")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parley.db-wal")]
    [InlineData("parley.db-shm")]
    [InlineData("parley.db-journal")]
    [InlineData("parley.lock")]
    [InlineData("retention.json")]
    [InlineData("unreadable.json")]
    [InlineData("deeper/copy.db")]
    [InlineData("../data/copy.db")]
    [InlineData("../link/copy.db")]
    [InlineData("../alias.db")]
    public async Task A_backup_is_not_written_into_the_folder_of_the_data(string name)
    {
        await _kept.RunAsync();
        Directory.CreateDirectory(Path.Combine(_kept.Data, "deeper"));
        Directory.CreateSymbolicLink(_kept.At("link"), "data");
        File.CreateSymbolicLink(_kept.At("alias.db"), Path.Combine("data", "parley.db-journal"));
        var before = Files();
        var path = Path.Combine(_kept.Data, name);
        Assert.Equal(
            (2, $"parley: {path} is in the folder of the data; name a file outside of it.\n"), Refusal(await _kept.Of("backup", path, "--force")));
        Assert.Equal(before, Files());

        string[] Files() => [.. Directory.EnumerateFiles(_kept.Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(false, "doctor")]
    [InlineData(true, "doctor")]
    [InlineData(true, "doctor", "--repair", "new")]
    [InlineData(false, "streams")]
    [InlineData(true, "replay", "str-x")]
    [InlineData(true, "run", "input.jsonl", "--out", "out")]
    [InlineData(false, "backup", "copy.db", "--force")]
    [InlineData(true, "backup", "copy.db", "--force")]
    public async Task A_write_ahead_log_without_its_database_is_left_alone(bool isThere, params string[] args)
    {
        Directory.CreateDirectory(_kept.Data);
        var database = Path.Combine(_kept.Data, "parley.db");
        if (isThere) File.WriteAllBytes(database, []);
        File.WriteAllText($"{database}-wal", "what was said");
        File.WriteAllText(_kept.At("copy.db"), "a good backup");
        File.WriteAllText(_kept.At("input.jsonl"), """{"start":0,"end":1,"text":"word"}""");

        var run = await _kept.Of([.. args.Select(arg => arg is "new" or "out" || arg.Contains('.', StringComparison.Ordinal) ? _kept.At(arg) : arg)]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"{database} is {(isThere ? "empty" : "missing")}, but {database}-wal", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal("what was said", File.ReadAllText($"{database}-wal"));
        Assert.Equal(isThere, File.Exists(database));
        Assert.Equal("a good backup", File.ReadAllText(_kept.At("copy.db")));
    }

    [Fact]
    public async Task A_conversation_is_kept_only_where_a_folder_is_named()
    {
        var run = await CommandRun.WithInput("""{"start":0,"end":1,"text":"word"}""", "run", "-", "--out", _kept.At("out"), "--durability", "disk");
        Assert.Equal((2, "parley: --durability says how to keep a conversation: name the folder with --data DIR.\n"), Refusal(run));

        File.WriteAllText(_kept.At("input.jsonl"), """{"start":0,"end":1,"text":"word"}""");
        Assert.Equal(0, (await CommandRun.Under("PARLEY_DATA", _kept.Data, "run", _kept.At("input.jsonl"), "--out", _kept.At("out"))).ExitCode);
        Assert.Contains("\tended\t", (await _kept.Of("streams")).Output, StringComparison.Ordinal);

        File.WriteAllText(_kept.At("taken"), "");
        var taken = await CommandRun.WithInput("""{"start":0,"end":1,"text":"word"}""", "run", "-", "--out", _kept.At("out"), "--data", _kept.At("taken"));
        Assert.Equal(2, taken.ExitCode);
        Assert.Contains("cannot keep data in", taken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_goes_on_others_may_look_copy_and_erase()
    {
        var (input, output) = (new Pipe(), new Pipe());
        var run = CommandRun.Between(input.Reader.AsStream(), output.Writer.AsStream(), default, "run", "-", "--out", _kept.At("out"), "--data", _kept.Data);
        using var said = new StreamReader(output.Reader.AsStream());
        await input.Writer.WriteAsync("{\"start\":0,\"end\":1,\"text\":\"one\"}\n{\"start\":5,\"end\":6,\"text\":\"two\"}\n"u8.ToArray());
        Assert.Equal("[00:00.0] Unknown: one", await said.ReadLineAsync());

        var open = (await _kept.Of("streams")).Output.Split('\t');
        Assert.Equal("open", open[2]);
        Assert.Equal(0, (await _kept.Of("replay", open[0], "--verify")).ExitCode);
        Assert.Equal(0, (await _kept.Of("doctor")).ExitCode);
        Assert.Equal(0, (await _kept.Of("backup", _kept.At("copy.db"))).ExitCode);
        Assert.Equal(0, (await _kept.Of("erase", open[0], "--yes")).ExitCode);

        await input.Writer.WriteAsync("{\"start\":9,\"end\":10,\"text\":\"three\"}\n"u8.ToArray());
        await input.Writer.CompleteAsync();
        Assert.Equal((2, $"parley: {open[0]} was erased.\n"), Refusal(await run));
    }

    private static (int ExitCode, string Error) Refusal(CommandRun run) => (run.ExitCode, run.Error);
}
