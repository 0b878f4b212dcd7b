using System.Text.RegularExpressions;
using Parley.Context;
using Parley.Semantics;
using Parley.Tests.Support;

namespace Parley.Tests.Context;

public partial class PromptDocumentTests
{
    [Fact]
    public void The_document_shows_every_prompt_as_the_code_makes_it()
    {
        var shown = Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "prompts.md"))).Select(match => match.Groups[1].Value);
        Assert.Equal(Made(), shown);
    }

    private static IEnumerable<string> Made()
    {
        AnnotatedSegment question = new(21.3, 23.0, "what does the night ferry cost", "ben", ["cost"], Intents.Question);
        AnnotatedSegment[] context =
        [
            new(12.5, 16.0, "the night ferry leaves at ten and costs forty", "ana", ["costs"], Intents.Statement),
            new(16.4, 20.9, "ok let's take that one i'll book two cabins", "cem", [], Intents.Decision),
            question,
        ];
        const string Summary = "- The group looks for a way to the island.\n- Flying is too expensive.";

        yield return Prompts.System;
        yield return Prompts.Answer(context, question).User;
        yield return Prompts.IncrementalSummary(context).User;
        yield return Prompts.IncrementalSummary(context, Summary).User;
        yield return Prompts.FinalSummary(context, ["expensive", "costs"], Summary).User;
    }

    [GeneratedRegex("^```text\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
