using Parley.Context;
using Parley.Conversations.Running;
using Parley.Languages;
using Parley.Log;
using Parley.Routing;
using Parley.Work;

namespace Parley.Cli.Llm;

/// <summary>What a model does for conversations here: questions, actions, decisions, summaries. The rest is only told, but
/// where the language is one that the intents do not know: there a model looks for actions and decisions in it.</summary>
internal static class ModelWork
{
    public static IReadOnlyList<Workflow> Workflows { get; } = [Workflow.Question, Workflow.ActionItem, Workflow.Decision];

    /// <summary>Returns whether a model does a piece of work here: of these workflows, and summaries.</summary>
    public static bool Does(WorkItem item) => item.Summary is not null
        || Workflows.Any(workflow => workflow.ToName() == item.Workflow)
        || (item.Workflow == Workflow.General.ToName() && !LanguageTable.BuiltIn.For(item.Language).HasIntents);

    public static ConversationWork Open(
        ChatModel model, IEventLog log, ConversationDirectory directory, TimeProvider clock, PromptLibrary prompts) => new(
        directory,
        new Dictionary<string, IWorkflowHandler>
        {
            [Workflow.Question.ToName()] = new AnswerHandler(model, prompts),
            [Workflow.ActionItem.ToName()] = ExtractionHandler.OfActions(model, prompts),
            [Workflow.Decision.ToName()] = ExtractionHandler.OfDecisions(model, prompts),
            [Workflow.General.ToName()] = ExtractionHandler.OfBoth(model, prompts),
        },
        new Summaries(log, model, clock: clock, prompts: prompts),
        clock: clock);
}
