using Parley.Conversations.Running;
using Parley.Log;
using Parley.Routing;
using Parley.Work;

namespace Parley.Cli.Llm;

/// <summary>What a model does for conversations here: questions, actions, decisions, summaries. The rest is only told.</summary>
internal static class ModelWork
{
    public static IReadOnlyList<Workflow> Workflows { get; } = [Workflow.Question, Workflow.ActionItem, Workflow.Decision];

    /// <summary>Returns whether a model does this work: of these workflows, and summaries.</summary>
    public static bool IsDone(DeadLetter letter) =>
        letter.Item.Summary is not null || Workflows.Any(workflow => workflow.ToName() == letter.Item.Workflow);

    public static ConversationWork Open(ChatModel model, IEventLog log, ConversationDirectory directory, TimeProvider clock) => new(
        directory,
        new Dictionary<string, IWorkflowHandler>
        {
            [Workflow.Question.ToName()] = new AnswerHandler(model),
            [Workflow.ActionItem.ToName()] = ExtractionHandler.OfActions(model),
            [Workflow.Decision.ToName()] = ExtractionHandler.OfDecisions(model),
        },
        new Summaries(log, model, clock: clock),
        clock: clock);
}
