using Parley.Semantics;

namespace Parley.Tests.Semantics;

public class TurnEndModelTests
{
    private static readonly TurnEndModel Model = TurnEndModel.Default;

    [Theory]
    [InlineData("okay", "um")]
    [InlineData("yeah", "and um")]
    [InlineData("that sounds good to me", "that sounds good um")]
    [InlineData("is that what you mean", "is that what")]
    [InlineData("i think we should do that", "i think we should")]
    public void What_is_whole_is_more_probably_the_end_than_what_is_broken_off(string whole, string broken)
    {
        foreach (var pause in TurnEndFeatures.Pauses)
        {
            Assert.InRange(Model.Probability(broken, pause), 0.001, 0.999);
            Assert.True(Model.Probability(whole, pause) > Model.Probability(broken, pause));
        }
    }

    [Fact]
    public void The_longer_the_pause_the_more_probable_is_the_end()
    {
        double[] probabilities = [.. TurnEndFeatures.Pauses.Select(pause => Model.Probability("we could take the ferry", pause))];
        Assert.Equal(probabilities.Order(), probabilities);
        Assert.True(probabilities[^1] > probabilities[0]);
    }

    [Fact]
    public void A_pause_between_two_that_the_model_knows_counts_as_the_shorter()
    {
        Assert.Equal(Model.Probability("okay", 0.4), Model.Probability("okay", 0.69));
        Assert.Equal(Model.Probability("okay", 0.2), Model.Probability("okay", 0));
        Assert.Equal(Model.Probability("okay", 1.2), Model.Probability("okay", 60));
    }

    [Fact]
    public void Case_and_punctuation_change_nothing() =>
        Assert.Equal(Model.Probability("we could take the ferry", 0.2), Model.Probability("We could take the ferry.", 0.2));

    [Theory]
    [InlineData("")]
    [InlineData(" ... ")]
    public void Without_words_nothing_is_predicted(string text) => Assert.Equal(0, Model.Probability(text, 1));

    [Fact]
    public void Only_the_last_words_count()
    {
        var end = string.Concat(Enumerable.Repeat("and we could take the ferry ", 10));
        Assert.Equal(Model.Probability(end, 0.2), Model.Probability(new string('x', 100_000) + " " + end, 0.2));
        Assert.InRange(Model.Probability(new string('x', 100_000), 0.2), 0, 1);
        Assert.InRange(Model.Probability(string.Concat(Enumerable.Repeat("a ", 10_000)), 0.2), 0, 1);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("en", true)]
    [InlineData("en-GB", true)]
    [InlineData("EN_us", true)]
    [InlineData("de", false)]
    [InlineData("enm", false)]
    [InlineData("", false)]
    public void It_reads_English(string? language, bool reads) => Assert.Equal(reads, TurnEndModel.Reads(language));

    [Fact]
    public void The_weights_are_small_and_say_where_they_come_from()
    {
        using var table = new StreamReader(typeof(TurnEndModel).Assembly.GetManifestResourceStream("Parley.Semantics.turn-end.tsv")!);
        var text = table.ReadToEnd();
        Assert.InRange(text.Length, 1_000, 1 << 20);
        Assert.Contains("ICSI Meeting Corpus", text, StringComparison.Ordinal);
        Assert.Contains("CC BY 4.0", text, StringComparison.Ordinal);
    }
}
