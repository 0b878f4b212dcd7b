using FsCheck;
using FsCheck.Fluent;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Tests.Redaction;

/// <summary>The words of earlier chunks tell what a number is, what is held is bounded, and cuts change nothing.</summary>
public sealed class NumberStreamTests
{
    private static readonly Redactor Redactor = new();

    [Theory]
    [InlineData("my account number is", "12345678 thanks a lot", "[account] thanks a lot")]
    [InlineData("my order number is", "102 345 678 thanks a lot", "102 345 678 thanks a lot")]
    [InlineData("we have more than", "102 345 678 visitors a year", "102 345 678 visitors a year")]
    public void Words_that_are_out_already_tell_what_a_number_is(string before, string number, string clean)
    {
        var stream = new RedactionStream(Redactor);
        List<StreamChunk> said =
        [
            .. stream.Add(new(0, 1, before, "ana")), .. stream.Add(new(1, 1.5, "mhm", "ben")), .. stream.Add(new(2, 3, number, "ana")),
            .. stream.EndOfStream(),
        ];
        Assert.Equal([before, "mhm", clean], said.Select(chunk => chunk.Text));
    }

    [Fact]
    public void Words_of_others_tell_nothing()
    {
        var stream = new RedactionStream(Redactor);
        List<StreamChunk> said =
        [
            .. stream.Add(new(0, 1, "what is your account number", "ben")), .. stream.Add(new(2, 3, "12345678 thanks", "ana")),
            .. stream.EndOfStream(),
        ];
        Assert.Equal("12345678 thanks", said[^1].Text);
    }

    [Fact]
    public void A_number_of_which_all_is_known_is_held_until_the_next_word_only()
    {
        var stream = new RedactionStream(Redactor);
        Assert.Empty(stream.Add(new(0, 1, "my card is 4111 1111 1111 1111", "ana")));
        Assert.Equal("my card is [card]", Assert.Single(stream.Add(new(1, 2, "thanks a lot", "ana"))).Text);
    }

    [Fact]
    public void A_number_of_which_nothing_is_known_waits_for_the_words_behind_it()
    {
        var stream = new RedactionStream(Redactor);
        Assert.Empty(stream.Add(new(0, 1, "10023456", "ana")));
        Assert.Empty(stream.Add(new(1, 2, "is the", "ana")));
        var said = stream.Add(new(2, 3, "order number", "ana")).Concat(stream.EndOfStream());
        Assert.Equal(["10023456", "is the", "order number"], said.Select(chunk => chunk.Text));
    }

    [Theory]
    [InlineData("vier")]
    [InlineData("double")]
    [InlineData("uh")]
    [InlineData("plus")]
    [InlineData("quatre vingt")]
    public void What_is_held_has_a_bound(string word)
    {
        var stream = new RedactionStream(Redactor);
        var count = 0;
        count += stream.Add(new(0, 1, "4111", "ana")).Count;
        for (var i = 1; i < 1_000; i++)
        {
            count += stream.Add(new(i, i + 1, word, "ana")).Count;
            Assert.InRange(stream.HeldChunks, 0, RedactionStream.MaxHeldChunks);
        }

        Assert.Equal(1_000, count + stream.EndOfStream().Count);
    }

    [Fact]
    public void Harmless_lines_stay_however_they_are_cut() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Cut(RedactionLines.MustStay).ToArbitrary(), chunks => Assert.Equal(string.Concat(chunks), string.Concat(Run(chunks)))));

    [Fact]
    public void What_must_go_goes_however_it_is_cut() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Cut(RedactionLines.MustGo.Select(Upper)).ToArbitrary(), chunks =>
        {
            var all = string.Join('|', Run(chunks));
            Assert.False(all.Any(c => char.IsDigit(c) || char.IsUpper(c)), $"{string.Join('|', chunks)} gives {all}");
        }));

    // Upper case is what must go.
    private static string Upper(string line)
    {
        var (start, end) = (line.IndexOf('{'), line.IndexOf('}'));
        return string.Concat(line[..start], line[(start + 1)..end].ToUpperInvariant(), line[(end + 1)..]);
    }

    private static Gen<string[]> Cut(IEnumerable<string> lines) =>
        from line in Gen.Elements(lines.ToArray())
        from cuts in Gen.Choose(1, line.Length - 1).ListOf(4)
        select Pieces(line, [0, .. cuts.Distinct().Order(), line.Length]);

    private static string[] Pieces(string line, int[] cuts) => [.. cuts.Zip(cuts.Skip(1), (from, to) => line[from..to])];

    private static IEnumerable<string> Run(string[] texts)
    {
        var stream = new RedactionStream(Redactor);
        var said = texts.SelectMany((text, index) => stream.Add(new(index, index + 1, text, "ana"))).ToList();
        return said.Concat(stream.EndOfStream()).Select(chunk => chunk.Text);
    }
}
