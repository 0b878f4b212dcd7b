using Parley.Context;
using Parley.Semantics;

namespace Parley.Tests.Context;

/// <summary>A point of a summary says no more than what was said, and shows where words are missing.</summary>
public sealed class SummaryTruthTests
{
    private const string Ferry = "the ferry to the island leaves from the harbour office";

    [Theory]
    [InlineData($"i guess {Ferry}", "I guess the ferry to the island leaves from the harbour office")]
    [InlineData($"{Ferry} i think", "The ferry to the island leaves from the harbour office i think")]
    [InlineData($"{Ferry} or something", "The ferry to the island leaves from the harbour office or something")]
    [InlineData($"maybe {Ferry}", "Maybe the ferry to the island leaves from the harbour office")]
    public void Doubt_is_kept(string said, string expected) => Assert.Equal(expected, Point(said), ignoreCase: true);

    [Theory]
    [InlineData($"{Ferry} you'd", "The ferry to the island leaves from the harbour office …")]
    [InlineData($"{Ferry} if", "The ferry to the island leaves from the harbour office …")]
    [InlineData("the ferry to the island and the harbour office will not", "The ferry to the island and the harbour office …")]
    public void Missing_words_show(string said, string expected) => Assert.Equal(expected, Point(said));

    [Theory]
    [InlineData($"that {Ferry}")]
    [InlineData($"or {Ferry}")]
    [InlineData("which the ferry to the island leaves from the harbour office with the cabins")]
    public void What_goes_on_from_words_that_are_missing_is_not_told(string said) =>
        Assert.Empty(ExtractiveSummarizer.Summarize(Repeat(said)).Points);

    [Fact]
    public void What_is_denied_is_told_with_what_is_meant() => Assert.Equal(
        "The ferry to the island leaves not from the harbour but from the bridge", Point("the ferry to the island leaves not "
            + "from the harbour but from the bridge"));

    [Theory]
    [InlineData($"yeah so {Ferry} and so", "The ferry to the island leaves from the harbour office")]
    [InlineData($"{Ferry} you know yeah", "The ferry to the island leaves from the harbour office")]
    public void What_is_whole_has_no_sign_of_missing_words(string said, string expected) => Assert.Equal(expected, Point(said));

    [Fact]
    public void What_follows_a_condition_is_not_told_without_it()
    {
        const string Said = "the harbour office has a map of the island with all the cabins and the ferry company of the island "
            + "has one with the storm signals "
            + "if the second harbour is closed because of the storm we take the ferry company with the cabins";
        var points = ExtractiveSummarizer.Summarize(Repeat(Said)).Points;
        Assert.DoesNotContain(points, point => point.Text.TrimStart('…').StartsWith("we take", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_others_say_is_not_told_as_if_the_speaker_said_it() => Assert.Equal(
        "The harbour office on the island comes along and says so we need to close the bridge",
        Point("the harbour office on the island comes along and says so we need to close the bridge"));

    [Fact]
    public void What_goes_on_after_a_short_pause_is_not_told_as_a_sentence()
    {
        AnnotatedSegment[] Said(double pause) => [.. Enumerable.Range(0, 6).SelectMany(i => (AnnotatedSegment[])
            [new(i * 60, (i * 60) + 5, "it is a very good", "ana", [], Intents.Statement),
            new((i * 60) + 5 + pause, (i * 60) + 25, "harbour for the ferry to the island with the cabins and an office", "ana", [], Intents.Statement)])];
        Assert.Empty(ExtractiveSummarizer.Summarize(Said(pause: 2)).Points);
        Assert.NotEmpty(ExtractiveSummarizer.Summarize(Said(pause: 12)).Points);
    }

    private static string Point(string said) => Assert.Single(ExtractiveSummarizer.Summarize(Repeat(said)).Points).Text;

    // What comes up once tells too little.
    private static IEnumerable<AnnotatedSegment> Repeat(string said) =>
        Enumerable.Range(0, 6).Select(i => new AnnotatedSegment(i * 30, (i * 30) + 5, said, "ana", [], Intents.Statement));
}
