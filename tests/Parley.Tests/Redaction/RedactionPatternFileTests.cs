using Parley.Redaction;

namespace Parley.Tests.Redaction;

/// <summary>Patterns of one's own come from a text file; what is wrong in it is told with its line.</summary>
public sealed class RedactionPatternFileTests
{
    [Fact]
    public void A_line_is_a_name_and_an_expression()
    {
        var patterns = RedactionPatternFile.Parse("\uFEFF# our own\r\n\r\ncase-id: [A-Z]{2}-\\d{4}\r\n  member 20 : M: \\d+  \r\n");
        Assert.Equal([("case-id", 64), ("member", 20)], patterns.Select(pattern => (pattern.Name, pattern.MaxLength)));
        Assert.Equal("case [case-id] of [member].", new Redactor(new() { Patterns = patterns }).Redact("case AB-1234 of M: 12."));
    }

    [Fact]
    public void A_file_without_patterns_has_none() => Assert.Empty(RedactionPatternFile.Parse("# nothing\n\n"));

    [Theory]
    [InlineData("a: b\n\nnonsense", 3, "NAME: REGEX")]
    [InlineData("# x\n: abc", 2, "no name")]
    [InlineData("a: b\nc:  ", 2, "\"c\" has no regular expression")]
    [InlineData("a ten: b", 1, "\"ten\" is no length")]
    [InlineData("a 1000: b", 1, "maxLength")]
    [InlineData("a!: b", 1, "letters, digits, _ and -")]
    [InlineData("a: b\na: c", 2, "\"a\" before")]
    [InlineData("a: (", 1, "\"a\" cannot be used")]
    [InlineData("a: (b)\\1", 1, "\"a\" cannot be used")]
    [InlineData("a: b*", 1, "matches the empty text")]
    public void What_is_wrong_is_told_with_its_line(string text, int line, string problem)
    {
        var error = Assert.Throws<RedactionPatternFormatException>(() => RedactionPatternFile.Parse(text));
        Assert.Equal(line, error.Line);
        Assert.StartsWith($"Line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_is_found_across_chunks_as_one_in_code_is()
    {
        var stream = new RedactionStream(new(new() { Patterns = RedactionPatternFile.Parse("case 7: AB-\\d{4}") }));
        var said = stream.Add(new(0, 1, "it is AB-1", "ana")).Concat(stream.Add(new(1, 2, "234 so", "ana"))).Concat(stream.EndOfStream());
        Assert.Equal(["it is [case]", "so"], said.Select(chunk => chunk.Text));
    }
}
