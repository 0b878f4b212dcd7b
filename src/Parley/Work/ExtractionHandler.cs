using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Context;

namespace Parley.Work;

/// <summary>Extracts with a model what was taken on or settled, as JSON that is checked before anybody sees it.</summary>
/// <remarks>What a stream's budget does not allow is left to the extractive handler.</remarks>
public sealed class ExtractionHandler : IWorkflowHandler
{
    private readonly ChatModel _model;
    private readonly PromptLibrary _prompts;
    private readonly string _use;
    private readonly Func<IReadOnlyList<Extracted>, JsonElement> _toJson;
    private readonly ExtractiveHandler _fallback = new();

    private ExtractionHandler(ChatModel model, PromptLibrary? prompts, string use, Func<IReadOnlyList<Extracted>, JsonElement> toJson) =>
        (_model, _prompts, _use, _toJson) = (model, prompts ?? PromptLibrary.BuiltIn, use, toJson);

    /// <inheritdoc/>
    public string Version => $"{_use}/1";

    /// <summary>Extracts what somebody will or should do: <c>{"actions": [{"what", "who", "due"}]}</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">What it is asked with; null for the built-in prompts.</param>
    public static ExtractionHandler OfActions(ChatModel model, PromptLibrary? prompts = null) =>
        new(model, prompts, PromptUses.Actions, items => Extraction.Json("actions", items));

    /// <summary>Extracts what was settled: <c>{"decisions": [{"what", "who", "due"}]}</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">What it is asked with; null for the built-in prompts.</param>
    public static ExtractionHandler OfDecisions(ChatModel model, PromptLibrary? prompts = null) =>
        new(model, prompts, PromptUses.Decisions, items => Extraction.Json("decisions", items));

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
        var prompt = _prompts.Extract(_use, batch);
        var answer = await _model.AskAsync(
            batch[0].StreamId, batch[0].Workflow, prompt, ChatResponseFormat.Json, onPiece: null, cancellationToken);
        if (answer is null) return [.. batch.Select(Leave)];
        return [.. Read(answer, batch.Count).Select(items => ToResult(items) with { Prompt = prompt.Version, CutReason = answer.CutReason })];
    }

    // JSON that is cut is cut again: the model has asked for more tokens already.
    private static IReadOnlyList<IReadOnlyList<Extracted>> Read(ModelAnswer answer, int segments)
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

    private static JsonElement Both(IReadOnlyList<Extracted> items) =>
        Extraction.Json(("decisions", OfKind(items, "decision")), ("actions", OfKind(items, "action")));

    private static IEnumerable<Extracted> OfKind(IReadOnlyList<Extracted> items, string kind) =>
        items.Where(item => kind.Equals(item.Kind, StringComparison.OrdinalIgnoreCase));

    private static string Line(Extracted item) =>
        string.Concat(item.What, item.Who is null ? "" : $" ({item.Who})", item.Due is null ? "" : $", {item.Due}");

    private WorkResult ToResult(IReadOnlyList<Extracted> items)
    {
        if (_use == PromptUses.Extraction && items.Any(item => item.Kind?.ToLowerInvariant() is not ("decision" or "action")))
            throw new InvalidAnswerException("an item's kind is neither decision nor action");
        return new(string.Join('\n', items.Select(Line)), _toJson(items));
    }

    // Nobody said that there is something in it: then nothing is quoted.
    private WorkResult Leave(WorkItem item) =>
        _use == PromptUses.Extraction ? new WorkResult("") { Handler = _fallback.Version } : _fallback.Extract(item);
}
