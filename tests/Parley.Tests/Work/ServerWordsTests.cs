using Parley.Work;

namespace Parley.Tests.Work;

public class ServerWordsTests
{
    private const string Said = "[12.5s] ana: my card is 4111 1111 and Schmidt owes us the second invoice, 我们明天见";

    [Theory]
    [InlineData("You exceeded your current quota, please check your plan.", "You exceeded your current quota, please check your plan.")]
    [InlineData("two\r\n\u001b[31mlines", "two [31mlines")]
    [InlineData(
        "Wrong API key: sk-abc***xyz. See https://example.org/api-keys2026-account.",
        "Wrong API key: …. See https://example.org/api-keys2026-account.")]
    [InlineData("no key 0123456789abcdef0123456789abcdef", "no key …")]
    [InlineData("<html><body>502", null)]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void They_are_one_line_without_keys(string? words, string? shown) => Assert.Equal(shown, ServerWords.WithoutSpeech(words, Said));

    [Theory]
    [InlineData("The text OWES US  THE second is not allowed")]
    [InlineData("flagged: \"Schmidt\"")]
    [InlineData("number 4111 looks like a card")]
    [InlineData("policy: 我们明天见")]
    public void They_are_left_out_where_they_quote_what_was_said(string words) => Assert.Null(ServerWords.WithoutSpeech(words, Said));

    [Fact]
    public void They_are_short_and_no_character_is_cut_in_two()
    {
        var words = ServerWords.WithoutSpeech(string.Concat(Enumerable.Repeat("ab 🙂 ", 200)), Said)!;
        Assert.InRange(words.Length, 100, 201);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(words)));
    }
}
