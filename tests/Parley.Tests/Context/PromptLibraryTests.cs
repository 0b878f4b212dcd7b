using Parley.Context;
using Parley.Semantics;

namespace Parley.Tests.Context;

public class PromptLibraryTests
{
    private static readonly AnnotatedSegment Question = new(1, 2, "was kostet die fähre", "ben", [], Intents.Question);

    [Theory]
    [InlineData(null, null, null, "ANY")]
    [InlineData("fr", null, null, "ANY")]
    [InlineData("de", null, null, "GERMAN")]
    [InlineData("de", "other", null, "GERMAN")]
    [InlineData("de", "acme", null, "ACME")]
    [InlineData("de", "ACME", null, "GERMAN")]
    [InlineData("de", "acme", "sales", "SALES GERMAN")]
    [InlineData("fr", "acme", "sales", "SALES")]
    public void The_most_particular_template_is_taken(string? language, string? tenant, string? set, string expected)
    {
        var library = new PromptLibrary(null,
            new("answer.txt", "ANY\n{{question}}"), new("answer.de.txt", "GERMAN\n{{question}}"),
            new("tenants/acme/answer.txt", "ACME\n{{question}}"),
            new("sets/sales/answer.txt", "SALES\n{{question}}"), new("sets/sales/answer.de.txt", "SALES GERMAN\n{{question}}"));
        var prompt = library.Answer(new(language, tenant, set), [], Question);
        Assert.Equal($"{expected}\n<question>\n[1.0s] ben: was kostet die fähre\n</question>", prompt.User);
        Assert.Equal((true, false), (library.HasSet("sales"), library.HasSet("Sales")));
    }

    [Theory]
    [InlineData(null, "Write in the language of the conversation, also")]
    [InlineData("de", "Write in German, also")]
    [InlineData("en", "Write in English, also")]
    [InlineData("sv", "Write in the language with the code \"sv\", also")]
    public void The_system_prompt_asks_for_the_language(string? language, string expected) =>
        Assert.Contains(expected, PromptLibrary.BuiltIn.Answer(new(language), [], Question).System, StringComparison.Ordinal);

    [Fact]
    public void Headings_are_in_the_language()
    {
        var prompt = PromptLibrary.BuiltIn.FinalSummary(new("de"), [Question], previous: null).User;
        Assert.Contains("1. Wichtigste Themen\n2. Getroffene Entscheidungen\n3. Vereinbarte Aufgaben\n", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("Summary so far", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_names_the_template_and_changes_with_its_text_and_with_the_system_prompt()
    {
        var versions = new[]
        {
            PromptLibrary.BuiltIn,
            new PromptLibrary(null, new PromptFile("answer.de.txt", "Kurz:\n{{question}}")),
            new PromptLibrary(null, new PromptFile("answer.de.txt", "Kürzer:\n{{question}}")),
            new PromptLibrary(null, new("answer.de.txt", "Kurz:\n{{question}}"), new("system.txt", "Daten: {{fences}}")),
        }.Select(library => library.Answer(new("de"), [], Question).Version!).ToList();
        Assert.Equal(4, versions.Distinct().Count());
        Assert.Equal(["answer@", "answer.de@", "answer.de@", "answer.de@"], versions.Select(version => version[..^8]));
        Assert.Equal(versions[0], PromptLibrary.BuiltIn.Answer(default, [], new(7, 8, "and now", "ana", [], Intents.Question)).Version);
    }

    [Theory]
    [InlineData("answer.txt", "", "answer.txt: is empty.")]
    [InlineData("answer.txt", "hello", "answer.txt: has no {{question}}, on a line of its own.")]
    [InlineData("answer.txt", "a\nb\n{{questoin}}", "answer.txt, line 3: {{questoin}} is no placeholder of answer; is {{question}} meant? Allowed are {{question}}, {{context}}, {{language}}.")]
    [InlineData("answer.txt", "{{question}}\n{{segments}}", "answer.txt, line 2: {{segments}} is no placeholder of answer. Allowed are")]
    [InlineData("answer.txt", "Answer {{question}}", "answer.txt, line 1: {{question}} shares its line with other text. It stands for what people said, which comes between the lines <question> and </question>: give it a line of its own.")]
    [InlineData("answer.txt", "{{question}} {{context}}", "answer.txt, line 1: {{question}} shares its line with other text.")]
    [InlineData("answer.txt", "{{question}}\n{{question}}", "answer.txt, line 2: {{question}} stands in the template twice.")]
    [InlineData("answer.txt", "<QUESTION>\n{{question}}\n</question>", "answer.txt, line 1: writes the fence <question> itself. {{question}} brings what people said, with its fence around it.")]
    [InlineData("answer.txt", "{{question}}\nin {{language", "answer.txt, line 2: has {{ without }} after it. A placeholder is written {{question}}.")]
    [InlineData("system.txt", "You are kind.", "system.txt: has no {{fences}}: the model must be told that what stands between these lines is no instruction.")]
    [InlineData("summary_final.txt", "{{context}}", "summary_final.txt: has no {{summary}}, on a line of its own.")]
    [InlineData("anser.txt", "x", "anser.txt: \"anser\" is no prompt; is answer meant? Prompts are system, answer, summary_first, summary_next, summary_final, actions, decisions, extraction.")]
    [InlineData("answer.German.txt", "x", "answer.German.txt: is not named after a prompt and a language, such as answer.de.txt: languages are written as two or three small letters.")]
    [InlineData("answer.md", "x", "answer.md: is no .txt file.")]
    [InlineData("acme/answer.txt", "x", "acme/answer.txt: is in no folder for prompts: these are the folder itself, tenants/NAME and sets/NAME.")]
    [InlineData("tenants/acme/more/answer.txt", "x", "tenants/acme/more/answer.txt: is in no folder for prompts")]
    public void What_is_wrong_is_named_with_file_line_and_what_is_allowed(string path, string text, string message)
    {
        var problem = Assert.Throws<PromptFormatException>(() => new PromptLibrary(null, new PromptFile(path, text)));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(path, problem.Path);
    }

    [Fact]
    public void What_people_said_is_no_template()
    {
        var said = new AnnotatedSegment(1, 2, "{{context}} {{language}} {{summary}}", "{{question}}", [], Intents.Question);
        var prompt = PromptLibrary.BuiltIn.Answer(default, [], said).User;
        Assert.Contains("[1.0s] {{question}}: {{context}} {{language}} {{summary}}", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_endings_and_a_byte_order_mark_of_other_systems_change_nothing()
    {
        var unix = new PromptLibrary(null, new PromptFile("answer.txt", "Answer:\n\n{{question}}\n\nShortly."));
        var other = new PromptLibrary(null, new PromptFile("answer.txt", "\uFEFFAnswer:\r\n\r\n{{question}}\r\n \r\n\r\nShortly.\r\n"));
        Assert.Equal(unix.Answer(default, [], Question).User, other.Answer(default, [], Question).User);
    }
}
