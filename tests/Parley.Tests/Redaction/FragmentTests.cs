using Parley.Redaction;

namespace Parley.Tests.Redaction;

/// <summary>Text that is torn out of what was said: of its edges, and of its digits, nobody can tell what they were part of.</summary>
public sealed class FragmentTests
{
    [Theory]
    [InlineData("we meet in the big hall today", "[redacted] meet in the big hall [redacted]")]
    [InlineData("my card is four one one one so good", "[redacted] card is [redacted] so [redacted]")]
    [InlineData("room 4111 is GB29 here now", "[redacted] is [redacted] here [redacted]")]
    [InlineData("smith at example dot com thank you all", "[email] thank you [redacted]")]
    [InlineData("at example dot com thank you all", "[redacted] thank you [redacted]")]
    [InlineData("so write to ana dot smith", "[redacted] write to [redacted]")]
    [InlineData("so write to ana dot smith at", "[redacted] write to [redacted]")]
    [InlineData("so write to ana@example.com at noon or later", "[redacted] write to [email] at noon or [redacted]")]
    [InlineData("so I said ana … dot com is where it is", "[redacted] I said [redacted] … [redacted] is where it [redacted]")]
    [InlineData("yes", "[redacted]")]
    [InlineData("", "")]
    public void What_may_be_part_of_something_goes(string text, string clean) => Assert.Equal(clean, new Redactor().RedactFragment(text));

    [Fact]
    public void All_of_it_goes_where_there_are_patterns_of_ones_own() =>
        Assert.Equal("[redacted]", new Redactor(new() { Patterns = [new("order", "A-[0-9]+")] }).RedactFragment("we meet in the hall"));

    [Fact]
    public void What_is_not_redacted_stays() => Assert.Equal(
        "room 12 at noon",
        new Redactor(new() { Cards = false, Phones = false, Ibans = false, Emails = false }).RedactFragment("room 12 at noon"));
}
