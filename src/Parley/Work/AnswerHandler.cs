namespace Parley.Work;

/// <summary>Answers questions with a model, piece by piece. What a stream's budget does not allow is left to the extractive handler.</summary>
/// <param name="model">The model.</param>
public sealed class AnswerHandler(ChatModel model) : IWorkflowHandler
{
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
            var answer = await model.AskAsync(new(item.StreamId, item.Workflow, attempt.Meter), WorkPrompts.Answer(item), format: null, piece => attempt.Report(item, piece), cancellationToken);
            results[i] = answer?.Text switch
            {
                null => _fallback.Extract(item),
                "-" or "–" or "—" => new WorkResult(""),
                var text => new WorkResult(text) { CutReason = answer.CutReason },
            };
        }

        return results;
    }
}
