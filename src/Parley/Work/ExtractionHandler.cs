using Parley.Context;

namespace Parley.Work;

/// <summary>Extracts with a model what was taken on or settled, as JSON that is checked before anybody sees it.</summary>
/// <remarks>What a stream's budget does not allow is left to the extractive handler.</remarks>
public sealed class ExtractionHandler : IWorkflowHandler
{
    private readonly ChatModel _model;
    private readonly string _name;
    private readonly Func<IReadOnlyList<WorkItem>, Prompt> _prompt;
    private readonly ExtractiveHandler _fallback = new();

    private ExtractionHandler(ChatModel model, string name, Func<IReadOnlyList<WorkItem>, Prompt> prompt) => (_model, _name, _prompt) = (model, name, prompt);

    /// <inheritdoc/>
    public string Version => $"{_name}/1";

    /// <summary>Extracts what somebody will or should do: <c>{"actions": [{"what", "who", "due"}]}</c>.</summary>
    public static ExtractionHandler OfActions(ChatModel model) => new(model, "actions", WorkPrompts.Actions);

    /// <summary>Extracts what was settled: <c>{"decisions": [{"what", "who", "due"}]}</c>.</summary>
    public static ExtractionHandler OfDecisions(ChatModel model) => new(model, "decisions", WorkPrompts.Decisions);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(attempt);
        var prompt = WorkPrompts.Again(_prompt(batch), attempt.Correction);
        var use = new ModelUse(batch[0].StreamId, batch[0].Workflow, attempt.Meter);
        var answer = await _model.AskAsync(use, prompt, Extraction.Format, onPiece: null, cancellationToken);
        if (answer is null) return [.. batch.Select(_fallback.Extract)];
        var segments = Read(answer, batch.Count);
        if (segments.Sum(found => found.Invalid) is > 0 and var invalid) _model.LeftOut(use.Name, invalid);
        return [.. segments.Select(found => ToResult(found) with { CutReason = answer.CutReason })];
    }

    // JSON that is cut is cut again: the model has asked for more tokens already.
    private static IReadOnlyList<SegmentItems> Read(ModelAnswer answer, int segments)
    {
        try
        {
            return Extraction.Read(answer.Text, segments);
        }
        catch (InvalidAnswerException cut) when (answer.CutReason is not null)
        {
            throw new WorkRefusedException("output_limit", cut);
        }
    }

    private WorkResult ToResult(SegmentItems found) =>
        new(string.Join('\n', found.Items.Select(Line)), Extraction.Json(_name, found.Items, found.Invalid));

    private static string Line(Extracted item) =>
        string.Concat(item.What, item.Who is null ? "" : $" ({item.Who})", item.Due is null ? "" : $", {item.Due}");
}
