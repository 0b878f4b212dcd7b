using Parley.Context;

namespace Parley.Work;

/// <summary>Answers questions with a model, piece by piece. What a stream's budget does not allow is left to the extractive handler.</summary>
/// <param name="model">The model.</param>
/// <param name="prompts">What it is asked with; null for the built-in prompts.</param>
public sealed class AnswerHandler(ChatModel model, PromptLibrary? prompts = null) : IWorkflowHandler
{
    private readonly PromptLibrary _prompts = prompts ?? PromptLibrary.BuiltIn;
    private readonly ExtractiveHandler _fallback = new();

    /// <inheritdoc/>
    public string Version => "answer/1";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(attempt);
        var results = new WorkResult[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var item = batch[i];
            var prompt = _prompts.Answer(item);
            var use = new ModelUse(item.StreamId, item.Workflow, attempt.Meter);
            var answer = await model.AskAsync(use, prompt, format: null, piece => attempt.Report(item, piece), cancellationToken);
            results[i] = answer?.Text switch
            {
                null => _fallback.Extract(item),
                "-" or "–" or "—" => new WorkResult("") { Prompt = prompt.Version },
                var text => new WorkResult(text) { Prompt = prompt.Version, CutReason = answer.CutReason },
            };
        }

        return results;
    }
}
