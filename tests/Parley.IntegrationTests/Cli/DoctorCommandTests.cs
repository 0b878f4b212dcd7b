using Microsoft.Data.Sqlite;
using Parley.IntegrationTests.Log;
using Parley.Tests.Cli;

namespace Parley.IntegrationTests.Cli;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly KeptConversations _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task Data_that_are_well_are_said_to_be()
    {
        var (stream, _) = await _kept.RunAsync();
        var doctor = await _kept.Of("doctor");
        Assert.Equal(0, doctor.ExitCode);
        Assert.All(doctor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.All(
            ["can be read and written", "schema version 2", "every page is whole", "conversations: 0 open, 1 ended, 0 erased", $"{stream} replays to the bit, 489 facts", "free on the disk"],
            finding => Assert.Contains(finding, doctor.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_conversation_is_a_problem_and_the_others_are_still_looked_at()
    {
        var (changed, _) = await _kept.RunAsync();
        var (broken, _) = await _kept.RunAsync();
        var (good, _) = await _kept.RunAsync();
        _kept.Tamper("UPDATE facts SET event_id=event_id+1 WHERE stream=1 AND seq=400");
        _kept.Tamper("UPDATE facts SET json=CAST('{' AS BLOB) WHERE stream=2 AND seq=7");
        var doctor = await _kept.Of("doctor");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains($"problem {changed} does not replay", doctor.Output, StringComparison.Ordinal);
        Assert.Contains($"problem {broken}: Fact 7 (WORKFLOW_ROUTED) cannot be read.", doctor.Output, StringComparison.Ordinal);
        Assert.Contains($"ok      {good} replays", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_log_is_a_problem()
    {
        Directory.CreateDirectory(_kept.Data);
        File.WriteAllText(Path.Combine(_kept.Data, "parley.db"), new string('x', 5000));
        var doctor = await _kept.Of("doctor");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("problem The log", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("it is damaged; restore a backup", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("free on the disk", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_pages_are_found()
    {
        await _kept.RunAsync();
        var path = Path.Combine(_kept.Data, "parley.db");
        Assert.False(File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0, "All there is must be in the file that is damaged next.");
        using (var file = File.OpenWrite(path))
        {
            file.Seek(4096 * 10, SeekOrigin.Begin);
            file.Write(new byte[4096 * 4]);
        }

        var doctor = await _kept.Of("doctor");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("problem ", doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("every page is whole", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_saves_what_can_be_read_into_a_new_folder_and_says_what_is_lost()
    {
        var (good, _) = await _kept.RunAsync();
        var (broken, _) = await _kept.RunAsync();
        var (erased, _) = await _kept.RunAsync();
        await _kept.Of("erase", erased, "--yes");
        Assert.Equal(0, (await _kept.Of("doctor", "--repair", _kept.At("whole"))).ExitCode);
        _kept.Tamper("UPDATE facts SET json=CAST('{' AS BLOB) WHERE stream=2 AND seq=7");
        var before = File.ReadAllBytes(Path.Combine(_kept.Data, "parley.db"));

        var repair = await _kept.Of("doctor", "--repair", _kept.At("saved"));
        Assert.Equal(1, repair.ExitCode);
        Assert.Contains(
            $"problem {broken}: the first 4 of 489 facts are saved. Fact 7 (WORKFLOW_ROUTED) cannot be read. 485 later facts",
            repair.Output, StringComparison.Ordinal);
        Assert.Contains("ok      3 conversations with 493 facts are saved", repair.Output, StringComparison.Ordinal);
        Assert.Equal(485, File.ReadAllLines(_kept.At("saved/unplaced.jsonl")).Length);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_kept.Data, "parley.db")));
        Assert.Equal(2, (await _kept.Of("doctor", "--repair", _kept.At("saved"))).ExitCode);

        Assert.Equal(0, (await CommandRun.Of("doctor", "--data", _kept.At("saved"))).ExitCode);
        Assert.Equal(0, (await CommandRun.Of("replay", good, "--verify", "--data", _kept.At("saved"))).ExitCode);
        var streams = (await CommandRun.Of("streams", "--data", _kept.At("saved"))).Output;
        var lines = streams.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'));
        Assert.Equal(
            [(good, "ended", "489"), (broken, "open", "4"), (erased, "erased", "0")],
            lines.Select(line => (line[0], line[2], line[3])));
    }

    [Theory]
    [InlineData("UPDATE facts SET at=9223372036854775807 WHERE stream=2 AND seq=7", "The time of fact 7 is damaged.", 4)]
    [InlineData("UPDATE facts SET at=NULL WHERE stream=2 AND seq=7", "The time of fact 7 is damaged.", 4)]
    [InlineData("UPDATE facts SET type=NULL WHERE stream=2 AND seq=7", "The type of fact 7 is damaged.", 4)]
    [InlineData("UPDATE facts SET json=NULL WHERE stream=2 AND seq=7", "The content of fact 7 is damaged.", 4)]
    [InlineData("UPDATE streams SET name=NULL WHERE id=2", "problem stream 2: ", 0)]
    [InlineData("UPDATE streams SET started_at=NULL, epoch=NULL, revision=NULL WHERE id=2", null, 489)]
    [InlineData("UPDATE streams SET started_at=-1, ended_at=9223372036854775807, due_at='soon' WHERE id=2", null, 489)]
    [InlineData("UPDATE streams SET erased_at=9223372036854775807 WHERE id=2", null, 489)]
    public async Task A_repair_goes_around_a_damaged_value(string damage, string? loss, int saved)
    {
        var (good, _) = await _kept.RunAsync();
        var (broken, _) = await _kept.RunAsync();
        DamagedRow.With(Path.Combine(_kept.Data, "parley.db"), damage);
        var doctor = await _kept.Of("doctor");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains($"ok      {good} replays", doctor.Output, StringComparison.Ordinal);

        var repair = await _kept.Of("doctor", "--repair", _kept.At("saved"));
        Assert.Equal(loss is null ? 0 : 1, repair.ExitCode);
        Assert.Contains(loss ?? "are saved", repair.Output, StringComparison.Ordinal);
        var unplaced = _kept.At("saved/unplaced.jsonl");
        Assert.Equal(489 - saved, File.Exists(unplaced) ? File.ReadAllLines(unplaced).Length : 0);
        Assert.Equal(0, (await CommandRun.Of("doctor", "--data", _kept.At("saved"))).ExitCode);
        var streams = (await CommandRun.Of("streams", "--data", _kept.At("saved"))).Output;
        var lines = streams.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'));
        (string, string, string)[] expected = saved == 0 ? [(good, "ended", "489")]
            : [(good, "ended", "489"), (broken, saved == 489 ? "ended" : "open", $"{saved}")];
        Assert.Equal(expected, lines.Select(line => (line[0], line[2], line[3])));
    }

    [Fact]
    public async Task A_repair_goes_around_a_damaged_page()
    {
        var (first, _) = await _kept.RunAsync();
        var (second, _) = await _kept.RunAsync();
        DamagedPage.With(Path.Combine(_kept.Data, "parley.db"), Text(300));
        var repair = await _kept.Of("doctor", "--repair", _kept.At("saved"));
        Assert.Equal(1, repair.ExitCode);
        Assert.Contains("is on a damaged page", repair.Output, StringComparison.Ordinal);
        Assert.Contains("later facts that can be read", repair.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Of("doctor", "--data", _kept.At("saved"))).ExitCode);
        Assert.Equal(0, (await CommandRun.Of("replay", second, "--verify", "--data", _kept.At("saved"))).ExitCode);
        Assert.Contains(first, (await CommandRun.Of("streams", "--data", _kept.At("saved"))).Output, StringComparison.Ordinal);

        string Text(int seq)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(_kept.Data, "parley.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT CAST(json AS TEXT) FROM facts WHERE stream=1 AND seq={seq}";
            return (string)command.ExecuteScalar()!;
        }
    }
}
