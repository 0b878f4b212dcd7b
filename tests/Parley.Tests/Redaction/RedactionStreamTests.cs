using FsCheck;
using FsCheck.Fluent;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Tests.Redaction;

public class RedactionStreamTests
{
    // Upper-case and digits are the secrets'; the words around them have neither.
    public static TheoryData<string> Secrets => new(
        "4111 1111 1111 1111", "4111-1111-1111-1111", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "FOUR ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE",
        "+49 30 1234567", "(415) 555-0132", "FOUR ONE FIVE FIVE FIVE FIVE OH ONE THREE TWO",
        "DE89 3704 0044 0532 0130 00", "NL91ABNA0417164300", "D E EIGHT NINE 3704 0044 0532 0130 ZERO ZERO",
        "ANA.SMITH@EXAMPLE.COM", "ANA @ EXAMPLE.COM", "ANA DOT SMITH AT MAIL DOT EXAMPLE DOT COM",
        "AB-1234");

    private static readonly Redactor Redactor = new(new RedactionConfig { Patterns = [new("case", "AB-\\d{4}", maxLength: 7)] });

    [Theory, MemberData(nameof(Secrets))]
    public void Nothing_survives_wherever_two_chunks_are_cut(string secret)
    {
        var text = $"well this is {secret} and then we go";
        for (var cut = 0; cut <= text.Length; cut++) NothingSurvives(text[..cut], text[cut..]);
    }

    [Theory, MemberData(nameof(Secrets))]
    public void Nothing_survives_wherever_three_chunks_are_cut(string secret)
    {
        for (var first = 0; first <= secret.Length; first++)
        {
            for (var second = first; second <= secret.Length; second++)
                NothingSurvives($"it is {secret[..first]}", secret[first..second], $"{secret[second..]} so");
        }
    }

    [Theory, MemberData(nameof(Secrets))]
    public void Nothing_survives_when_the_chunks_come_without_their_spaces(string secret)
    {
        for (var first = 0; first <= secret.Length; first++)
        {
            for (var second = first; second <= secret.Length; second++)
                NothingSurvives("it is", secret[..first].Trim(), secret[first..second].Trim(), secret[second..].Trim(), "so");
        }
    }

    [Fact]
    public void Nothing_of_a_number_survives_an_interjection()
    {
        var stream = new RedactionStream();
        List<StreamChunk> said =
        [
            .. stream.Add(new(0, 2, "it is 4111 1111", "ana")), .. stream.Add(new(2, 2.5, "mhm", "ben")), .. stream.Add(new(2.5, 4, "1111 1111 thanks a lot", "ana")),
            .. stream.EndOfStream(),
        ];
        Assert.Equal(["it is [card]", "mhm", "thanks a lot"], said.Select(chunk => chunk.Text));
    }

    [Fact]
    public void A_number_that_nobody_goes_on_with_is_let_go()
    {
        var stream = new RedactionStream();
        Assert.Empty(stream.Add(new(0, 1, "flight 4711", "ana")));
        Assert.Empty(stream.Add(new(2, 3, "to where then", "ben")));
        Assert.Equal(["flight 4711", "to where then"], stream.Add(new(7, 8, "hello there", "ben")).Select(chunk => chunk.Text));
    }

    [Fact]
    public void An_ordinary_word_is_held_only_until_anybody_goes_on()
    {
        var stream = new RedactionStream();
        Assert.Empty(stream.Add(new(0, 1, "good morning", "ana")));
        Assert.Equal(["good morning"], stream.Add(new(1, 2, "how are you", "ana")).Select(chunk => chunk.Text));
        Assert.Equal(["how are you"], stream.Add(new(2, 3, "fine thanks", "ben")).Select(chunk => chunk.Text));
        Assert.Equal(["fine thanks"], stream.CloseLane("ben").Select(chunk => chunk.Text));
        Assert.Equal(0, stream.HeldChunks);
    }

    [Fact]
    public void Without_addresses_an_ordinary_chunk_is_not_held() =>
        Assert.Single(new RedactionStream(new(new RedactionConfig { Emails = false })).Add(new(0, 1, "how are you", "ana")));

    [Fact]
    public void What_is_held_has_a_bound_and_goes_on_without_its_digits()
    {
        var stream = new RedactionStream();
        var said = new List<StreamChunk>();
        for (var i = 0; i < 1_000; i++)
        {
            said.AddRange(stream.Add(new(i, i + 1, "12", "ana")));
            Assert.InRange(stream.HeldChunks, 0, RedactionStream.MaxHeldChunks);
        }

        said.AddRange(stream.Add(new(1_000, 1_001, new string('1', 5_000), "ana")));
        Assert.Equal(1_001, said.Count);
        Assert.DoesNotContain(said, chunk => chunk.Text.Any(char.IsDigit));
        Assert.Contains(said, chunk => chunk.Text == "[redacted]");
    }

    [Fact]
    public void Every_chunk_comes_out_once_in_order_and_without_a_finding_as_it_was() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Harmless.ToArbitrary(), chunks =>
        {
            foreach (var borders in Enum.GetValues<ChunkBorders>())
                Assert.Equal(chunks.ToList(), Run(new RedactionStream(new(new RedactionConfig { Borders = borders })), chunks));
        }));

    [Fact]
    public void The_same_chunks_give_the_same_chunks_and_times_never_change() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Anything.ToArbitrary(), chunks =>
        {
            var said = Run(new RedactionStream(Redactor), chunks);
            Assert.Equal(said, Run(new RedactionStream(Redactor), chunks));
            Assert.Equal(chunks.Select(chunk => chunk with { Text = "" }), said.Select(chunk => chunk with { Text = "" }));
        }));

    private static readonly Gen<string?> Speakers = Gen.Elements("ana", "ben", null);

    // Enough digits in a row are a number, whoever meant them. A chunk without text parts nothing: "12", "" and "30 30" are six digits in a row.
    private static readonly Gen<StreamChunk[]> Harmless = Chunks(Gen.Elements("well", "one", "at", "12", "go", "so", "30", "de", "", "the end,", "o"), 3)
        .Where(chunks => chunks.GroupBy(chunk => chunk.SpeakerId).All(said => FindsNothing(said.Select(chunk => chunk.Text).Where(text => text.Length > 0))));

    private static readonly Gen<StreamChunk[]> Anything =
        Chunks(Gen.Elements("4111", "1111", "one", "at", "+49", "ana@", "dot", "example.com", "DE89", "3704", "", "so", "AB-", "12", "\u001F"), 4);

    private static bool FindsNothing(IEnumerable<string> texts) => Enum.GetValues<ChunkBorders>()
        .Select(borders => new Redactor(new RedactionConfig { Borders = borders }))
        .All(redactor => redactor.Find(redactor.Join(texts)).Count == 0);

    private static Gen<StreamChunk[]> Chunks(Gen<string> words, int longest) =>
        from texts in words.ListOf().Select(list => list.Chunk(longest).Select(some => string.Join(' ', some)).ToArray())
        from speakers in Speakers.ArrayOf(texts.Length)
        select texts.Select((text, i) => new StreamChunk(i, i + 1, text, speakers[i])).ToArray();

    private static List<StreamChunk> Run(RedactionStream stream, StreamChunk[] chunks) => [.. chunks.SelectMany(stream.Add), .. stream.EndOfStream()];

    private static void NothingSurvives(params string[] chunks)
    {
        StreamChunk[] given = [.. chunks.Select((text, i) => new StreamChunk(i, i + 1, text, "ana"))];
        var said = Run(new RedactionStream(Redactor), given);
        Assert.Equal(given.Select(chunk => chunk with { Text = "" }), said.Select(chunk => chunk with { Text = "" }));
        var all = string.Join('|', said.Select(chunk => chunk.Text));
        Assert.False(all.Any(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)), $"{string.Join('|', chunks)} gives {all}");
        Assert.Contains('[', all);
    }
}
