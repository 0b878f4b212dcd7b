using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Tests.Redaction;

public class EmailBorderTests
{
    private const string Address = "joe.bloggs@example.com";

    private static readonly string[] Words = ["we", "said", "please", "write", "to", "my", "address", "then", "you", "never", "send", "invoices", "there", "again"];

    [Fact]
    public void Words_of_the_next_chunk_stay() =>
        Assert.Equal(["My email is [email]", "Never send invoices there"], Said("My email is joe@example.com", "Never send invoices there"));

    [Fact]
    public void Words_beside_an_address_stay_where_each_word_is_a_chunk() =>
        Assert.Equal("ok so mail [email] then we decided to cancel", string.Join(' ', Said("ok so mail joe@example.com then we decided to cancel".Split(' '))));

    [Fact]
    public void Many_words_behind_an_address_stay() =>
        Assert.Equal(Enumerable.Repeat("then", 200).Prepend("[email]"), Said(["joe@example.com", .. Enumerable.Repeat("then", 200)]));

    [Theory]
    [InlineData("joe@example.com.", "Never mind", "[email].|Never mind")]
    [InlineData("joe@example.com", "sure. Then go", "[email]|sure. Then go")]
    [InlineData("joe@example.co", ".uk is it", "[email]| is it")]
    [InlineData("joe@exam", "ple.com is it", "[email]| is it")]
    [InlineData("joe", "@example.com is it", "[email]| is it")]
    [InlineData("joe@example.com", "ann@example.com", "[email]|[email]")]
    public void Only_the_address_goes(string first, string second, string said) =>
        Assert.Equal(said.Replace("| ", "|", StringComparison.Ordinal), string.Join('|', Said(first, second)));

    [Fact]
    public void Every_word_outside_an_address_stays_wherever_words_are_cut()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            string[] before = [.. Some(random)];
            string[] after = [.. Some(random)];
            string[] words = [.. before, Address, .. after];
            var pieces = new List<string> { words[0] };
            var space = i % 2 == 0 ? " " : "";
            foreach (var word in words[1..])
            {
                if (random.Next(2) == 0) pieces.Add(space + word);
                else pieces[^1] += " " + word;
            }

            var said = string.Join(' ', Said([.. pieces])).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal([.. before, "[email]", .. after], said);
        }
    }

    [Theory]
    [InlineData("we write to ", " then")]
    [InlineData("", " we never do")]
    public void Nothing_of_an_address_stays_wherever_it_is_cut(string before, string after)
    {
        for (var first = 1; first < Address.Length; first++)
        {
            for (var second = first + 1; second < Address.Length; second++)
            {
                var said = string.Concat(Said(before + Address[..first], Address[first..second], Address[second..] + after));
                Assert.Equal((before + "[email]" + after).Replace(" ", "", StringComparison.Ordinal), said.Replace(" ", "", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("Reach me at carla.jones@example.com please", "Reach me at [email] please")]
    [InlineData("Write at carla.jones@example.com please", "Write at [email] please")]
    [InlineData("Write to me at carla dot jones at example dot com.", "Write to me at [email].")]
    [InlineData("Schreib mir an carla punkt jones ät example punkt de bitte", "Schreib mir an [email] bitte")]
    [InlineData("Erreichbar at carla punkt jones ät example punkt de bitte", "Erreichbar at [email] bitte")]
    [InlineData("Bei carla.jones@example.de bitte", "Bei [email] bitte")]
    [InlineData("Écris à carla point jones arobase example point fr merci", "Écris à [email] merci")]
    [InlineData("Escribe a carla punto jones arroba example punto es gracias", "Escribe a [email] gracias")]
    public void An_address_behind_a_word_for_at_is_found(string text, string redacted) => Assert.Equal(redacted, new Redactor().Redact(text));

    [Theory]
    [InlineData(@"\b")]
    [InlineData(@"\w*\b")]
    [InlineData(@"(AB-\d{4}|\b)")]
    public void A_pattern_that_matches_nothing_at_a_border_of_words_is_borne(string regex)
    {
        var redactor = new Redactor(new RedactionConfig { Emails = false, Patterns = [new("own", regex)] });
        Assert.NotEmpty(redactor.Redact("see AB-1234 there"));
        Assert.Equal(2, Said(redactor, "see it", "there, now").Count);
    }

    private static IEnumerable<string> Some(Random random) => Enumerable.Range(0, random.Next(1, 9)).Select(_ => Words[random.Next(Words.Length)]);

    private static List<string> Said(params string[] texts) => Said(new Redactor(), texts);

    private static List<string> Said(Redactor redactor, params string[] texts)
    {
        var stream = new RedactionStream(redactor);
        List<StreamChunk> said = [.. texts.SelectMany((text, i) => stream.Add(new(i, i + 1, text, "ana"))), .. stream.EndOfStream()];
        return [.. said.Select(chunk => chunk.Text)];
    }
}
