using Parley.Semantics;

namespace Parley.Tests.Semantics;

/// <summary>A task that is taken on in the words of business, which the meetings behind the weights do not have.</summary>
public sealed class TaskPhraseTests
{
    private static readonly KeywordSemanticAnnotator Annotator = new();

    [Theory]
    [InlineData("i'll book two cabins")]
    [InlineData("i will invoice the school")]
    [InlineData("we'll renew the contract")]
    [InlineData("okay i'll also notify the tenants")]
    public void A_text_that_says_so_is_a_commitment_by_itself(string text) =>
        Assert.Contains(Intents.Commitment, Annotator.ClassifyIntent(text).Intents);

    [Theory]
    [InlineData("if it rains i'll book two cabins")]
    [InlineData("he said i'll book two cabins")]
    [InlineData("i booked two cabins")]
    public void A_condition_or_a_report_is_none(string text) =>
        Assert.DoesNotContain(Intents.Commitment, Annotator.ClassifyIntent(text).Intents);
}
