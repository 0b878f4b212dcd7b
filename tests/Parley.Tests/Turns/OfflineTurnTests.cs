using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;
using Parley.Turns;

namespace Parley.Tests.Turns;

public class OfflineTurnTests
{
    public static TheoryData<string> Vectors => Golden.Names("turns.jsonl");

    [Theory, MemberData(nameof(Vectors))]
    public void As_the_reference(string name)
    {
        var vector = Golden.Case("turns.jsonl", name);
        var transcript = TranscriptJson.Parse(new JsonObject { ["schema_version"] = 2, ["segments"] = vector["segments"]!.DeepClone() }.ToJsonString());
        var turns = OfflineTurns.Build(transcript, vector["pause_threshold"]?.GetValue<double>());
        AssertSame(vector["expect"]!["turns"]!, [.. turns.Select(turn => turn with { Metadata = null })]);
        AssertSame(vector["expect"]!["enriched"]!, turns);

        AssertSame(vector["expect"]!["aggregate"]!, TurnStatistics.Of(turns));
    }

    public static TheoryData<string> Statistics => Golden.Names("turn_statistics.jsonl");

    [Theory, MemberData(nameof(Statistics))]
    public void Statistics_are_the_references_to_the_last_bit(string name)
    {
        var vector = Golden.Case("turn_statistics.jsonl", name);
        AssertSame(vector["expect"]!, TurnStatistics.Of([.. vector["turns"]!.AsArray().Select(turn => Turn(turn!))]));
    }

    [Fact]
    public void Figures_of_a_turn_are_written_with_a_decimal_point()
    {
        var turn = new Turn("turn_0", "a", 0, 1, [0], "so") { Metadata = new(1, AvgPauseMs: 412, DisfluencyRatio: 0) };
        Assert.Equal(
            """{"question_count":1,"interruption_started_here":false,"avg_pause_ms":412.0,"disfluency_ratio":0.0}""",
            turn.ToTranscriptTurn().Metadata!.ToJsonString());
    }

    private static void AssertSame(JsonNode expected, TurnStatistics statistics)
    {
        Assert.Equal(expected["total_turns"]!.GetValue<int>(), statistics.TotalTurns);
        Assert.Equal(expected["avg_turn_duration"]!.GetValue<double>(), statistics.AvgTurnDuration);
        Assert.Equal(expected["turn_switches"]!.GetValue<int>(), statistics.TurnSwitches);
        Assert.Equal(expected["interruption_rate"]!.GetValue<double>(), statistics.InterruptionRate);
        Assert.Equal(expected["question_density"]!.GetValue<double>(), statistics.QuestionDensity);
    }

    [Theory]
    [InlineData(1.8, true)]
    [InlineData(1.85, false)]
    [InlineData(2.1, false)]
    public void An_overlap_of_more_than_150_ms_is_an_interruption(double start, bool interruption)
    {
        var turns = OfflineTurns.Build(new Transcript("", "", new(0, 0, 2, "so the plan", "a"), new(1, start, 4, "wait", "b")));
        Assert.Equal(interruption, turns[1].Metadata!.InterruptionStartedHere);
    }

    [Fact]
    public void The_pause_is_what_the_audio_analysis_found_in_the_first_segment()
    {
        var segment = new TranscriptSegment(0, 0, 2, "so", "a") { AudioState = JsonNode.Parse("""{"prosody":{"pauses":{"longest_ms":412}}}""")!.AsObject() };
        Assert.Equal(412.0, OfflineTurns.Build(new Transcript("", "", segment))[0].Metadata!.AvgPauseMs);
    }

    [Fact]
    public void A_pause_may_be_a_whole_number_but_not_text()
    {
        Assert.Equal(412.0, Pause(412));
        Assert.Null(Pause("412"));

        static double? Pause(JsonNode longest)
        {
            var pauses = new JsonObject { ["pauses"] = new JsonObject { ["longest_ms"] = longest } };
            var segment = new TranscriptSegment(0, 0, 2, "so", "a") { AudioState = new JsonObject { ["prosody"] = pauses } };
            return OfflineTurns.Build(new Transcript("", "", segment))[0].Metadata!.AvgPauseMs;
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_negative_pause_is_refused(double pause) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OfflineTurns.Build(new Transcript(), pause));

    private static Turn Turn(JsonNode turn) => new(
        "turn", turn["speaker_id"]!.GetValue<string>(), turn["start"]!.GetValue<double>(), turn["end"]!.GetValue<double>(), [], "")
    {
        Metadata = new(turn["question_count"]!.GetValue<int>(), turn["interruption_started_here"]!.GetValue<bool>()),
    };

    private static void AssertSame(JsonNode expected, IReadOnlyList<Turn> turns)
    {
        Assert.Equal(expected.AsArray().Count, turns.Count);
        foreach (var (wanted, turn) in expected.AsArray().Zip(turns))
            Assert.True(JsonNode.DeepEquals(wanted, JsonNode.Parse(turn.ToTranscriptTurn().Json.ToJsonString())), turn.ToTranscriptTurn().Json.ToJsonString());
    }
}
