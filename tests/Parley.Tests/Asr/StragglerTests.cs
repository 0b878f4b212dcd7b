using Parley.Asr;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>Interims that come when what they show is past.</summary>
public sealed class StragglerTests
{
    [Fact]
    public void Interims_from_long_before_show_nothing_and_finals_decide_about_the_clock()
    {
        var heard = new Heard("deepgram").Ingest(
            Results(50, 52, "one", true), Results(0, 1, "two", false), Results(0, 2, "two or", false), Results(0, 3, "two or three", false));
        Assert.Equal((3, 0), (heard.Count(AsrAnomaly.Stale), heard.Count(AsrAnomaly.ClockRestarted)));
        Assert.Empty(heard.Tails);

        heard.Ingest(Results(0, 3, "two or three", true), Results(4, 5, "and four", true));
        Assert.Equal(["one", "two or three", "and four"], heard.Texts);
        // The pause between the last two is kept.
        Assert.Equal([50, 52, 56], heard.Committed.Select(output => output.Chunk.Start));
    }

    [Fact]
    public void A_straggler_counts_only_together_with_those_right_before_it()
    {
        var heard = new Heard("deepgram").Ingest(
            Results(50, 52, "one", true),
            Results(0, 1, "two", false),
            Results(0, 2, "two or", false),
            Results(52, 53, "so", false),
            Results(0, 3, "two or three", false));
        Assert.Equal((0, 3), (heard.Assembler.Connection, heard.Count(AsrAnomaly.Stale)));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    public void A_snapshot_that_ends_no_later_than_what_was_said_shows_nothing(double end)
    {
        var heard = new Heard("azure").Ingest(Phrase(0, 2, "we left"), Hypothesis(0.5, end, "left"));
        Assert.Empty(heard.Tails);
        Assert.Equal(1, heard.Count(AsrAnomaly.Stale));

        Assert.Equal(["and"], heard.Ingest(Hypothesis(2, 3, "and")).Tails);
    }
}
