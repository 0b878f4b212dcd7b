using Parley.Context;
using Parley.Languages;
using Parley.Semantics;

namespace Parley.Tests.Context;

public class SummaryLanguageTests
{
    private static readonly AnnotatedSegment[] Said =
    [
        new(0, 5, "Die Fähre zur Insel fährt um zehn Uhr vom Hafen und kostet vierzig Euro.", "ana", [], Intents.Statement),
        new(6, 9, "Und wir nehmen die Fähre zur Insel am Freitag.", "ben", [], Intents.Statement),
        new(10, 15, "Der Hafen schließt wegen dem Sturm um neun Uhr und die Fähre fährt nicht.", "cem", [], Intents.Statement),
    ];

    [Fact]
    public void Headings_and_sentences_are_in_the_language_and_say_what_was_not_looked_for()
    {
        var german = LanguageTable.BuiltIn.For("de");
        var text = ExtractiveSummarizer.Summarize(Said, language: german).ToString(german);
        Assert.StartsWith("## Wichtigste Themen\n\n", text, StringComparison.Ordinal);
        const string modelOnly = "Entscheidungen und Aufgaben werden in dieser Sprache nur mit einem Sprachmodell erkannt.";
        Assert.Contains($"## Getroffene Entscheidungen\n\n{modelOnly}\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"## Vereinbarte Aufgaben\n\n{modelOnly}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_words_of_the_language_are_no_topics()
    {
        var topics = ExtractiveSummarizer.Summarize(Said, language: LanguageTable.BuiltIn.For("de")).Topics;
        Assert.Contains("Fähre", topics.SelectMany(topic => topic.Split(' ')));
        Assert.Empty(topics.SelectMany(topic => topic.Split(' ')).Intersect(["die", "Die", "und", "Und", "zur", "der", "nicht"]));
    }

    [Fact]
    public void A_language_without_texts_has_those_of_english_and_says_so_too()
    {
        var swedish = LanguageTable.BuiltIn.For("sv");
        var text = ExtractiveSummarizer.Summarize([], language: swedish).ToString(swedish);
        const string modelOnly = "Decisions and action items are found in this language by a model only.";
        Assert.Contains($"## Key decisions made\n\n{modelOnly}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void English_is_as_ever() => Assert.Equal(
        "## Main topics discussed\n\nNone found.\n\n## Candidate decisions\n\nNone found.\n\n## Candidate action items\n\nNone found.\n",
        ExtractiveSummarizer.Summarize([]).ToString());
}
