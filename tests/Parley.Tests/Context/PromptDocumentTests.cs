using System.Text.RegularExpressions;
using Parley.Context;
using Parley.Semantics;
using Parley.Tests.Support;
using Parley.Work;

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

        // The same question as a work item is the same prompt.
        var built = PromptLibrary.BuiltIn;
        Assert.Equal(Prompts.Answer(context, question), built.Answer(Work(question, "question", context)));
        WorkItem[] actions = [Work(context[1], "action_item", context[..2]), Work(new(24.0, 26.5, "could you ask for a price, ben?", "ana", [], Intents.ActionItem), "action_item", context)];
        Assert.All(
            [PromptUses.Actions, PromptUses.Decisions, PromptUses.Extraction],
            use => Assert.Equal(Prompts.System, built.Extract(use, actions).System));
        yield return built.Extract(PromptUses.Actions, actions).User;
        var decisions = built.Extract(PromptUses.Decisions, [Work(context[1], "decision", context[..2])]);
        yield return decisions.User;
        AnnotatedSegment german = new(30.1, 33.0, "dann nehmen wir die fähre und ich buche die kabinen", "cem", [], Intents.Statement);
        yield return built.Extract(PromptUses.Extraction, [Work(german, "general", [german])]).User;
        var again = WorkPrompts.Again(decisions, "items[0].segment is not a number from 1 to 1");
        yield return again.User[decisions.User.Length..].Trim();
    }

    private static WorkItem Work(AnnotatedSegment said, string workflow, AnnotatedSegment[] context) => new(
        "str-0", "seg-0", workflow, "test/1", said.Text, said.SpeakerId, said.Start, said.End, said.Intent, WorkItem.ContextOf(context));

    [GeneratedRegex("^```text\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
