using Parley.Context;

namespace Parley.Tests.Context;

public class EstimatedTokenCounterTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("ferry", 1)]
    [InlineData("ferries", 2)]
    [InlineData("the night ferry", 3)]
    [InlineData("12345", 2)]
    [InlineData("at 12345", 4)]
    [InlineData("[12.5s] ana: yes\n", 10)]
    [InlineData("価格", 2)]
    [InlineData("café", 2)]
    public void Counts_as_documented(string text, int tokens) => Assert.Equal(tokens, EstimatedTokenCounter.Instance.Count(text));

    [Fact]
    public void A_megabyte_is_counted_in_one_pass() =>
        Assert.Equal(250_000, EstimatedTokenCounter.Instance.Count(string.Concat(Enumerable.Repeat("yes ", 250_000))));
}
