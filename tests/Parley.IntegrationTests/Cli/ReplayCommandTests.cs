using Parley.Tests.Cli;

namespace Parley.IntegrationTests.Cli;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly KeptConversations _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task A_replay_prints_what_the_run_printed()
    {
        var (stream, output) = await _kept.RunAsync();
        var replay = await _kept.Of("replay", stream);
        Assert.Equal((0, output), (replay.ExitCode, replay.Output));
        Assert.Contains("64 segments, 60 turns, 970 words.", replay.Error, StringComparison.Ordinal);

        var picture = await CommandRun.AtTerminal("", "replay", stream, "--data", _kept.Data);
        Assert.Contains("Candidate decisions", picture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_from_its_inputs_is_verified()
    {
        var (stream, _) = await _kept.RunAsync();
        var replay = await _kept.Of("replay", stream, "--verify");
        Assert.Equal((0, "verified: 489 facts follow from 226 inputs, bit for bit.\n"), (replay.ExitCode, replay.Output));
    }

    [Theory]
    [InlineData("UPDATE facts SET json=CAST(replace(CAST(json AS TEXT), 'Yes, loud', 'No, loud') AS BLOB) WHERE type='FINALIZED'", "another FINALIZED follows than is stored")]
    [InlineData("DELETE FROM facts WHERE seq=(SELECT max(seq) FROM facts WHERE type='SPEAKER_TURN')", "SPEAKER_TURN follows")]
    public async Task What_does_not_follow_is_listed_and_exits_with_3(string sql, string difference)
    {
        var (stream, _) = await _kept.RunAsync();
        _kept.Tamper(sql);
        var replay = await _kept.Of("replay", stream, "--verify");
        Assert.Equal(3, replay.ExitCode);
        Assert.Contains(difference, replay.Output, StringComparison.Ordinal);
        Assert.InRange(replay.Output.Count(letter => letter == '\n'), 1, 21);
        Assert.DoesNotContain("loud", replay.Output + replay.Error, StringComparison.Ordinal);
        Assert.Contains($"{stream} does not replay to what is stored.", replay.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_that_cannot_be_read_is_named()
    {
        var (stream, _) = await _kept.RunAsync();
        _kept.Tamper("UPDATE facts SET json=CAST('{' AS BLOB) WHERE seq=7");
        var replay = await _kept.Of("replay", stream, "--verify");
        Assert.Equal((2, $"parley: {stream} cannot be replayed: Fact 7 (WORKFLOW_ROUTED) cannot be read.\n"), (replay.ExitCode, replay.Error));
    }

    [Fact]
    public async Task Other_settings_show_what_would_have_been_different()
    {
        var (stream, _) = await _kept.RunAsync();
        var replay = await _kept.Of("replay", stream, "--with", Settings("""{"max_gap_sec": 0.3}"""));
        Assert.Equal(0, replay.ExitCode);
        Assert.StartsWith(
            """
            - [00:00.8] ana (question): Okay, good morning everybody. Can you both hear me?
            + [00:00.8] ana: Okay, good morning everybody.
            + [00:02.6] ana (question): Can you both hear me?
              … 1 the same
            - [00:05.6] chloe: Morning. I can hear you, the echo is gone.
            """.ReplaceLineEndings("\n"),
            replay.Output,
            StringComparison.Ordinal);
        Assert.Equal("As it was: 64 segments, 60 turns, 970 words. With these settings: 116 segments, 61 turns, 970 words.\n", replay.Error);

        var picture = await CommandRun.AtTerminal("", "replay", stream, "--data", _kept.Data, "--with", Settings("""{"max_gap_sec": 0.3}"""));
        Assert.Contains("Can you both hear me?", picture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_it_had_change_nothing()
    {
        var (stream, _) = await _kept.RunAsync();
        Assert.Equal("  … 64 the same\n", (await _kept.Of("replay", stream, "--with", Settings("{}"))).Output);
    }

    [Fact]
    public async Task Settings_that_refuse_chunks_lose_only_those()
    {
        var (stream, _) = await _kept.RunAsync();
        var replay = await _kept.Of("replay", stream, "--with", Settings("""{"overlap": "reject"}"""));
        Assert.EndsWith("  … 9 the same\n", replay.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n30 words would have been refused.\n", replay.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"max_gap": 1}""", "max_gap is not a setting.")]
    [InlineData("""{"max_segment_sec": 0}""", "max_segment_sec must be a number above 0.")]
    [InlineData("{", "It is not valid JSON, at line 1.")]
    public async Task Settings_that_are_none_are_refused_by_name(string settings, string problem)
    {
        var (stream, _) = await _kept.RunAsync();
        var file = Settings(settings);
        var replay = await _kept.Of("replay", stream, "--with", file);
        Assert.Equal((2, $"parley: {file}: {problem}\n"), (replay.ExitCode, replay.Error));
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        await _kept.RunAsync();
        Assert.Equal("parley: there is no conversation str-x here; parley streams lists what there is.\n", (await _kept.Of("replay", "str-x")).Error);
        Assert.Contains("cannot read", (await _kept.Of("replay", "str-x", "--with", _kept.At("none.json"))).Error, StringComparison.Ordinal);
        Assert.Contains("do not go together", (await _kept.Of("replay", "str-x", "--verify", "--with", "s.json")).Error, StringComparison.Ordinal);
    }

    private string Settings(string json)
    {
        File.WriteAllText(_kept.At("settings.json"), json);
        return _kept.At("settings.json");
    }
}
