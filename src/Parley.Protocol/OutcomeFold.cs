using System.Text.Json;

namespace Parley.Protocol;

/// <summary>
/// The fold from what the rules found and what models answered to one list of decisions and action items. A model's items take the place
/// of what the
/// rules found of that kind in the segment that it read.
/// </summary>
internal sealed class OutcomeFold
{
    // What quotes is no model, whatever its version.
    private const string Quoting = "extractive/";

    private readonly OrderedDictionary<string, Outcome> _candidates = [];
    private readonly Dictionary<(string Segment, string Kind), List<OutcomeView>> _answers = [];
    private readonly Dictionary<(string Segment, string Kind), string> _takenOver = [];
    private readonly HashSet<string> _own = [];
    private readonly SpeakerRenames _renames = new();

    /// <summary>Gets the list, in the order of the segments that are quoted.</summary>
    public IReadOnlyList<OutcomeView> All =>
        [.. _candidates.Values.Where(outcome => !IsAnswered(outcome.SegmentId, outcome.Kind)).Select(View)
            .Concat(_answers.Values.SelectMany(items => items))
            .Select(view => view with { Who = _renames.Of(view.Who) }).OrderBy(view => SegmentId.Parse(view.SegmentId))];

    /// <summary>Takes what viewers are told of a segment, or of a speaker.</summary>
    public void Fold(string? segment, ServerPayload payload)
    {
        switch (payload)
        {
            case FinalizedPayload { Semantic.Outcomes: { } outcomes } final:
                foreach (var outcome in outcomes)
                {
                    _candidates[outcome.Id] = outcome;
                    if (outcome.SegmentId == segment && outcome.Who is not null && outcome.Who == final.Segment.SpeakerId)
                        _own.Add(outcome.Id);
                }

                break;
            case WorkflowRoutedPayload { Replaces: { } earlier } routed when segment is not null:
                _takenOver[(earlier, routed.Workflow)] = segment;
                break;
            case WorkflowResultPayload result when segment is not null && NameOf(result.Workflow) is { } name:
                if (!result.Handler.StartsWith(Quoting, StringComparison.Ordinal))
                    _answers[(segment, result.Workflow)] = Items(segment, result, name);
                break;
            case SpeakerRevisionPayload { SegmentIds.Count: 0 } revision:
                _renames.Add(revision.From, revision.To);
                break;
            case SpeakerRevisionPayload revision:
                foreach (var (id, outcome) in _candidates.ToList())
                {
                    if (_own.Contains(id) && revision.SegmentIds.Contains(outcome.SegmentId))
                        _candidates[id] = outcome with { Who = revision.To };
                }

                break;
        }
    }

    private bool IsAnswered(string segment, string kind) =>
        _answers.ContainsKey((segment, kind))
        || (_takenOver.TryGetValue((segment, kind), out var later) && later != segment && IsAnswered(later, kind));

    private static OutcomeView View(Outcome outcome) =>
        new(outcome.Kind, outcome.What, outcome.SegmentId, IsCandidate: true, outcome.Quote, outcome.Who, outcome.Due);

    private static string? NameOf(string workflow) => workflow switch
    {
        OutcomeKinds.Decision => "decisions",
        OutcomeKinds.ActionItem => "actions",
        _ => null,
    };

    // A handler of an application's own may answer in text alone.
    private static List<OutcomeView> Items(string segment, WorkflowResultPayload result, string name)
    {
        if (result.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(name, out var items)
            && items.ValueKind == JsonValueKind.Array)
            return [.. items.EnumerateArray().Where(item => Text(item, "what") is not null).Select(Item)];
        return result.Text.Length == 0 ? [] : [new(result.Workflow, result.Text, segment, IsCandidate: false)];

        OutcomeView Item(JsonElement item) =>
            new(result.Workflow, Text(item, "what")!, segment, IsCandidate: false, Quote: null, Text(item, "who"), Text(item, "due"));
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() is { Length: > 0 } text ? text : null
            : null;
}
