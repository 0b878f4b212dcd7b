using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Redaction;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Redaction;

/// <summary>Numbers and addresses that are said or written in four languages go; harmless numbers stay. Wherever chunks are cut.</summary>
public sealed class NumberTests
{
    private static readonly Redactor Redactor = new();

    public static TheoryData<string> MustGo => RedactionLines.Data(RedactionLines.MustGo);

    public static TheoryData<string> MustStay => RedactionLines.Data(RedactionLines.MustStay);

    public static TheoryData<string, string> Known
    {
        get
        {
            var data = new TheoryData<string, string>();
            var file = Repository.At("tests", "Parley.Tests", "Redaction", "known.json");
            foreach (var line in JsonSerializer.Deserialize<string[][]>(File.ReadAllText(file))!) data.Add(line[0], line[1]);
            return data;
        }
    }

    [Theory, MemberData(nameof(Known))]
    public void The_known_lines_are_right(string kind, string text) => Assert.Equal(kind == "R", Redactor.Redact(text) != text);

    [Theory, MemberData(nameof(MustGo))]
    public void What_must_go_goes_and_the_rest_stays(string line)
    {
        var (before, secret, after) = Parts(line);
        Assert.Matches($"^{Regex.Escape(before)}\\[[a-z]+\\]{Regex.Escape(after)}$", Redactor.Redact($"{before}{secret}{after}"));
    }

    [Theory, MemberData(nameof(MustStay))]
    public void What_is_harmless_stays(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Theory, MemberData(nameof(MustGo))]
    public void Nothing_of_it_survives_wherever_two_chunks_are_cut(string line)
    {
        var (before, secret, after) = Parts(line);
        var text = $"{before}{secret.ToUpperInvariant()}{after}";
        for (var cut = 1; cut < text.Length; cut++) NothingSurvives(text[..cut], text[cut..]);
    }

    [Theory, MemberData(nameof(MustGo))]
    public void Nothing_of_it_survives_where_each_word_is_a_chunk(string line)
    {
        var (before, secret, after) = Parts(line);
        NothingSurvives($"{before}{secret.ToUpperInvariant()}{after}".Split(' '));
        NothingSurvives([.. $"{before}{secret.ToUpperInvariant()}{after}".Split(' ').Select(word => $"{word} ")]);
    }

    [Theory, MemberData(nameof(MustStay))]
    public void What_is_harmless_stays_wherever_two_chunks_are_cut(string text)
    {
        for (var cut = 1; cut < text.Length; cut++) Assert.Equal(text, Clean(text[..cut], text[cut..]));
    }

    [Theory, MemberData(nameof(MustStay))]
    public void What_is_harmless_stays_where_each_word_is_a_chunk(string text)
    {
        Assert.Equal(text, Clean([.. text.Split(' ').Select((word, index) => index == 0 ? word : $" {word}")]));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), Clean(text.Split(' ')));
    }

    [Theory, MemberData(nameof(Known))]
    public void The_known_lines_are_right_where_each_word_is_a_chunk(string kind, string text) =>
        Assert.Equal(kind == "R", Clean([.. text.Split(' ').Select(word => $"{word} ")]) != $"{text} ");

    [Fact]
    public void A_letter_behind_an_identity_number_goes_with_it() =>
        Assert.Equal("mi dni es [id], gracias", Redactor.Redact("mi dni es 12345678Z, gracias"));

    [Fact]
    public void What_is_cut_between_words_gives_the_same_text()
    {
        foreach (var line in RedactionLines.MustGo)
        {
            var (before, secret, after) = Parts(line);
            var words = $"{before}{secret}{after}".Split(' ');
            var whole = Redactor.Redact($"{before}{secret}{after}");
            var stream = new RedactionStream(new(new() { Borders = ChunkBorders.BetweenWords }));
            Assert.Equal(whole, string.Join(' ', Run(stream, words).Where(text => text.Length > 0)));
        }
    }

    [Fact]
    public void Hostile_text_takes_time_in_proportion_to_its_length()
    {
        // Quadratic search would take hours here; the test's own time-out is the measure.
        string[] hostile =
        [
            Repeat("vier ", 60_000), Repeat("cuarenta y ", 60_000), Repeat("double ", 60_000), Repeat("uh 1 ", 60_000),
            Repeat("1,", 100_000), Repeat("1.", 100_000), Repeat("+", 200_000), Repeat("(", 200_000),
            Repeat("my number is 1234567 ", 20_000), Repeat("a dot b at ", 30_000), Repeat("o\u001F", 100_000), Repeat("un \u001F", 60_000),
            Repeat("quatre vingt ", 40_000), Repeat("DE 1 ", 60_000), Repeat("one ", 100_000), Repeat("1\u001F", 100_000),
        ];
        foreach (var text in hostile) Assert.NotNull(Redactor.Redact(text));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static (string Before, string Secret, string After) Parts(string line)
    {
        var (start, end) = (line.IndexOf('{'), line.IndexOf('}'));
        return (line[..start], line[(start + 1)..end], line[(end + 1)..]);
    }

    private static void NothingSurvives(params string[] chunks)
    {
        var all = string.Join('|', Run(new RedactionStream(Redactor), chunks));
        Assert.False(all.Any(c => char.IsDigit(c) || char.IsUpper(c)), $"{string.Join('|', chunks)} gives {all}");
        Assert.Contains('[', all);
    }

    private static string Clean(params string[] chunks) => string.Concat(Run(new RedactionStream(Redactor), chunks));

    private static IEnumerable<string> Run(RedactionStream stream, IEnumerable<string> texts)
    {
        var said = new List<StreamChunk>();
        var at = 0;
        foreach (var text in texts) said.AddRange(stream.Add(new(at, ++at, text, "ana")));
        said.AddRange(stream.EndOfStream());
        return said.Select(chunk => chunk.Text);
    }
}
