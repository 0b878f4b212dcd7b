using System.Text.Json;
using Parley.Context;

namespace Parley.Work;

/// <summary>Extracts with a model what was taken on or settled, as JSON that is checked before anybody sees it.</summary>
/// <remarks>What a stream's budget does not allow is left to the extractive handler.</remarks>
public sealed class ExtractionHandler : IWorkflowHandler
{
    private readonly ChatModel _model;
    private readonly PromptLibrary _prompts;
    private readonly string _use;
    private readonly Func<SegmentItems, JsonElement> _toJson;
    private readonly ExtractiveHandler _fallback = new();

    private ExtractionHandler(ChatModel model, PromptLibrary? prompts, string use, Func<SegmentItems, JsonElement> toJson) =>
        (_model, _prompts, _use, _toJson) = (model, prompts ?? PromptLibrary.BuiltIn, use, toJson);

    private bool HasKinds => _use == PromptUses.Extraction;

    /// <inheritdoc/>
    public string Version => $"{_use}/1";

    /// <summary>Extracts what somebody will or should do: <c>{"actions": [{"what", "who", "due"}]}</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">What it is asked with; null for the built-in prompts.</param>
    public static ExtractionHandler OfActions(ChatModel model, PromptLibrary? prompts = null) =>
        new(model, prompts, PromptUses.Actions, found => Extraction.Json("actions", found.Items, found.Invalid));

    /// <summary>Extracts what was settled: <c>{"decisions": [{"what", "who", "due"}]}</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">What it is asked with; null for the built-in prompts.</param>
    public static ExtractionHandler OfDecisions(ChatModel model, PromptLibrary? prompts = null) =>
        new(model, prompts, PromptUses.Decisions, found => Extraction.Json("decisions", found.Items, found.Invalid));

    /// <summary>
    /// Extracts both from what is routed to <c>general</c>, for languages that the intents do not know:
    /// <c>{"decisions": [{"what", "who", "due"}], "actions": [...]}</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">What it is asked with; null for the built-in prompts.</param>
    public static ExtractionHandler OfBoth(ChatModel model, PromptLibrary? prompts = null) =>
        new(model, prompts, PromptUses.Extraction, Both);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
        IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(attempt);
        var prompt = _prompts.Extract(_use, batch);
        var use = new ModelUse(batch[0].StreamId, batch[0].Workflow, attempt.Meter);
        var format = HasKinds ? Extraction.FormatOfKinds : Extraction.Format;
        var answer = await _model.AskAsync(use, WorkPrompts.Again(prompt, attempt.Correction), format, onPiece: null, cancellationToken);
        if (answer is null) return [.. batch.Select(Leave)];
        var segments = Read(answer, batch.Count);
        if (segments.Sum(found => found.Invalid) is > 0 and var invalid) _model.LeftOut(use.Name, invalid);
        return [.. segments.Select(found => ToResult(found) with { Prompt = prompt.Version, CutReason = answer.CutReason })];
    }

    // JSON that is cut is cut again: the model has asked for more tokens already.
    private IReadOnlyList<SegmentItems> Read(ModelAnswer answer, int segments)
    {
        try
        {
            return Extraction.Read(answer.Text, segments, HasKinds);
        }
        catch (InvalidAnswerException cut) when (answer.CutReason is not null)
        {
            throw new WorkRefusedException("output_limit", cut);
        }
    }

    private static JsonElement Both(SegmentItems found) => Extraction.Json(
        found.Invalid, ("decisions", OfKind(found, Extracted.Decision)), ("actions", OfKind(found, Extracted.Action)));

    private static IEnumerable<Extracted> OfKind(SegmentItems found, string kind) => found.Items.Where(item => item.Kind == kind);

    private static string Line(Extracted item) =>
        string.Concat(item.What, item.Who is null ? "" : $" ({item.Who})", item.Due is null ? "" : $", {item.Due}");

    private WorkResult ToResult(SegmentItems found) => new(string.Join('\n', found.Items.Select(Line)), _toJson(found));

    // Nobody said that there is something in it: then nothing is quoted.
    private WorkResult Leave(WorkItem item) =>
        HasKinds ? new WorkResult("") { Handler = _fallback.Version } : _fallback.Extract(item);
}
