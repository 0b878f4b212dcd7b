using Parley.Languages;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.Tests.Languages;

public class LanguageJsonTests
{
    internal const string Swedish = """
        {
          "code": "sv",
          "name": "Swedish",
          "headings": { "topics": "Ämnen", "decisions": "Beslut", "actions": "Uppgifter" },
          "nothing": "Inget hittades.",
          "model_only": "På detta språk hittas beslut och uppgifter bara med en språkmodell.",
          "words": "vi måste till på och det är inte som att jag du han hon den"
        }
        """;

    [Theory]
    [InlineData("\"sv\"", "\"SV\"", "code: is not a primary language subtag in lower case, such as sv")]
    [InlineData("\"name\"", "\"nam\"", "$: has an unknown field \"nam\"; known are code, name, also, headings, nothing, model_only, words, letters")]
    [InlineData("\"Beslut\"", "7", "headings.decisions: is not text")]
    [InlineData("\"Beslut\"", "\"a\\nb\"", "headings.decisions: has a line break or another control character")]
    [InlineData("\"actions\"", "\"topics\"", "$: is not JSON")]
    [InlineData("\"nothing\": \"Inget hittades.\",", "", "$: has no nothing")]
    [InlineData("\"code\"", "code", "$: is not JSON (line 2, byte 2)")]
    [InlineData("\"words\": \"vi", "\"letters\": { \"from\": \"b\", \"to\": \"a\", \"share\": 1 }, \"words\": \"vi", "letters.to: stands before letters.from")]
    [InlineData("\"words\": \"vi", "\"letters\": { \"from\": \"a\", \"to\": \"b\", \"share\": 0 }, \"words\": \"vi", "letters.share: is not a number above 0 and at most 1")]
    [InlineData("\"words\": \"vi", "\"also\": \"swe\", \"words\": \"vi", "also: is not a list of codes")]
    public void What_is_wrong_is_named(string text, string other, string message)
    {
        var problem = Assert.Throws<LanguageFormatException>(() => Language.Parse(Swedish.Replace(text, other, StringComparison.Ordinal)));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void English_is_what_the_rules_are_made_for() => Assert.Throws<ArgumentException>(
        () => LanguageTable.BuiltIn.With(Language.Parse(Swedish.Replace("\"sv\"", "\"en\"", StringComparison.Ordinal))));

    [Theory]
    [InlineData("\"name\": \"Swedish\"", "\"name\": \"English\"")]
    [InlineData("\"nothing\"", "\"also\": [\"swe\", \"en\"], \"nothing\"")]
    [InlineData("\"nothing\"", "\"also\": [\"EN\"], \"nothing\"")]
    public void No_other_language_takes_a_name_of_english(string text, string other) => Assert.Throws<ArgumentException>(
        () => LanguageTable.BuiltIn.With(Language.Parse(Swedish.Replace(text, other, StringComparison.Ordinal))));

    [Theory]
    [InlineData("\"Swedish\"", "\"\\ud800\"")]
    [InlineData("\"Beslut\"", "\"\\udc00\"")]
    [InlineData("\"words\": \"vi", "\"words\": \"\\ud800")]
    [InlineData("\"nothing\"", "\"also\": [\"\\ud800\"], \"nothing\"")]
    [InlineData("\"nothing\"", "\"\\ud800\": 1, \"nothing\"")]
    public void Half_of_a_surrogate_pair_is_no_text(string text, string other)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("sv.json"), Swedish.Replace(text, other, StringComparison.Ordinal));
        var problem = Assert.Throws<LanguageFormatException>(() => PromptFolder.ReadLanguages(folder.Path));
        Assert.StartsWith("sv.json: $: ", problem.Message, StringComparison.Ordinal);
    }
}
