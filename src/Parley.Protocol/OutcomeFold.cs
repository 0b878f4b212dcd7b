using System.Text.Json;

namespace Parley.Protocol;

/// <summary>
/// The fold from what the rules found and what models answered to one list of decisions and action items. A model's items take the place
/// of what the rules found of that kind in the segment that it read.
/// </summary>
internal sealed class OutcomeFold
{
    // What quotes is no model, whatever its version.
    private const string Quoting = "extractive/";

    private readonly OrderedDictionary<string, Outcome> _candidates = [];
    private readonly Dictionary<(string Segment, string Kind), List<OutcomeView>> _answers = [];
    private readonly Dictionary<(string Segment, string Kind), string> _takenOver = [];
    private readonly HashSet<string> _own = [];
    private readonly SegmentSpeakers _speakers = new();

    /// <summary>Gets the list, in the order of the segments that are quoted.</summary>
    public IReadOnlyList<OutcomeView> All
    {
        get
        {
            var answered = Answered();
            return [.. _candidates.Values.Where(outcome => !answered.Contains((outcome.SegmentId, outcome.Kind))).Select(View)
                .Concat(_answers.Values.SelectMany(items => items).Select(Named)).OrderBy(view => SegmentId.Parse(view.SegmentId))];
        }
    }

    /// <summary>Gets whether a model has read a segment for decisions or action items.</summary>
    public bool HasAnswers => _answers.Count > 0;

    /// <summary>Takes what viewers are told of a segment, or of a speaker.</summary>
    public void Fold(string? segment, ServerPayload payload)
    {
        _speakers.Fold(segment, payload);
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
                foreach (var kind in KindsOf(routed.Workflow)) _takenOver[(earlier, kind)] = segment;
                break;
            case WorkflowResultPayload result when segment is not null:
                if (!result.Handler.StartsWith(Quoting, StringComparison.Ordinal)) Answer(segment, result);
                break;
        }
    }

    // What a model answered, and what was taken over by it, one chain after the other: chains are as long as a conversation.
    private HashSet<(string Segment, string Kind)> Answered()
    {
        var earlier = _takenOver.ToLookup(link => (link.Value, link.Key.Kind), link => link.Key);
        var (answered, open) = (_answers.Keys.ToHashSet(), new Stack<(string Segment, string Kind)>(_answers.Keys));
        while (open.TryPop(out var later))
        {
            foreach (var key in earlier[later].Where(answered.Add)) open.Push(key);
        }

        return answered;
    }

    private void Answer(string segment, WorkflowResultPayload result)
    {
        foreach (var kind in KindsOf(result.Workflow))
        {
            if (Items(segment, kind, result) is { } items) _answers[(segment, kind)] = items;
        }
    }

    private OutcomeView View(Outcome outcome)
    {
        var isOwn = _own.Contains(outcome.Id) || (outcome.BySpeaker && outcome.Who is null);
        var who = isOwn ? _speakers.Of(outcome.SegmentId) : _speakers.NameOf(outcome.Who);
        return new(outcome.Kind, outcome.What, outcome.SegmentId, IsCandidate: true, outcome.Quote, who, outcome.Due);
    }

    // A model names people as they were called in the segment that it read.
    private OutcomeView Named(OutcomeView item) => item with
    {
        Who = item.Who is { } who && _speakers.IsSpeaker(item.SegmentId, who) ? _speakers.Of(item.SegmentId) : _speakers.NameOf(item.Who),
    };

    // In a language that the rules do not know, a model looks for both in what is general.
    private static string[] KindsOf(string workflow) => workflow switch
    {
        OutcomeKinds.Decision => [OutcomeKinds.Decision],
        OutcomeKinds.ActionItem => [OutcomeKinds.ActionItem],
        "general" => [OutcomeKinds.Decision, OutcomeKinds.ActionItem],
        _ => [],
    };

    // A handler of an application's own may answer in text alone. What is general and has no list says nothing of the kind.
    private static List<OutcomeView>? Items(string segment, string kind, WorkflowResultPayload result)
    {
        var name = kind == OutcomeKinds.Decision ? "decisions" : "actions";
        if (result.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(name, out var items)
            && items.ValueKind == JsonValueKind.Array)
            return [.. items.EnumerateArray().Where(item => Text(item, "what") is not null).Select(Item)];
        if (kind != result.Workflow) return null;
        return result.Text.Length == 0 ? [] : [new(kind, result.Text, segment, IsCandidate: false)];

        OutcomeView Item(JsonElement item) =>
            new(kind, Text(item, "what")!, segment, IsCandidate: false, Quote: null, Text(item, "who"), Text(item, "due"));
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() is { Length: > 0 } text ? text : null
            : null;
}
