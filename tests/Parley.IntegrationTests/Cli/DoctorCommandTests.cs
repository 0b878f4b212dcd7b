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
}
