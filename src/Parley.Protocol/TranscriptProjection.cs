namespace Parley.Protocol;

/// <summary>
/// The fold from envelopes to what a viewer shows: segments, turns, work and summaries. Feed it everything that arrives, in order;
/// what came before is ignored, so it may be fed again after a resume. Not safe for threads that fold at the same time.
/// </summary>
public sealed class TranscriptProjection
{
    private readonly List<SegmentView> _segments = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<TurnView> _turns = [];
    private readonly SummaryFold _summaries = new();
    private readonly TentativeTexts _tentatives = new();
    private readonly SpeakerRenames _renames = new();
    private readonly WorkFold _work = new();

    /// <summary>The stream, from the first envelope on.</summary>
    public string? StreamId { get; private set; }

    /// <summary>The last fact folded in: resume after this one. 0 before any.</summary>
    public long LastEventId { get; private set; }

    /// <summary>Whether every fact up to <see cref="LastEventId"/> was folded in, none left out.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Segments with committed text, in the order in which they opened.</summary>
    public IReadOnlyList<SegmentView> Segments => _segments;

    /// <summary>
    /// Texts that may still change entirely and belong to no segment yet: at most one for each speaker, in the order in which they began.
    /// Empty where there are none.
    /// </summary>
    public IReadOnlyList<SegmentText> Tentatives => [.. _tentatives.All.Select(_renames.Of)];

    /// <summary>
    /// The last of <see cref="Tentatives"/>, for conversations in which one person speaks at a time; null where there is none.
    /// </summary>
    public SegmentText? Tentative => _tentatives.All is [.., var last] ? _renames.Of(last) : null;

    /// <summary>Turns that ended, in order.</summary>
    public IReadOnlyList<TurnView> Turns => _turns;

    /// <summary>
    /// Summaries under the speakers' current names, oldest first: of each range the best, so that a model's takes the place of one that was
    /// made without it.
    /// </summary>
    public IReadOnlyList<SummaryPayload> Summaries => [.. _summaries.All.Select(Named)];

    /// <summary>The summary that covers most: the final one, else the last. Null before the first.</summary>
    public SummaryPayload? Summary => _summaries.Best is { } best ? Named(best) : null;

    /// <summary>Why a model did not write the last summary that it was asked for; null where it did, or is being asked.</summary>
    public SummaryFailedPayload? SummaryFailure { get; private set; }

    /// <summary>What was asked of the workflows, in the order in which it was routed.</summary>
    public IReadOnlyList<WorkView> Work => _work.Work;

    /// <summary>What the conversation came to; null until it has ended.</summary>
    public SessionStats? Stats { get; private set; }

    /// <summary>Folds one envelope in. False where it changes nothing: a fact seen before, or nothing that shows.</summary>
    /// <exception cref="ArgumentException">The envelope is of another stream.</exception>
    public bool Apply(Envelope envelope)
    {
        StreamId ??= envelope.StreamId;
        if (envelope.StreamId != StreamId)
            throw new ArgumentException($"The envelope is of {envelope.StreamId}, the transcript of {StreamId}.", nameof(envelope));

        if (!envelope.Payload.IsFact)
        {
            return envelope.Payload switch
            {
                PartialPayload partial => Show(envelope.SegmentId, partial.Segment),
                WorkflowProgressPayload progress => envelope.SegmentId is { } id && _work.ShowProgress(id, progress),
                _ => false,
            };
        }
        if (envelope.EventId <= LastEventId)
            return false;
        IsComplete &= envelope.EventId == LastEventId + 1;
        LastEventId = envelope.EventId;
        Fold(envelope);
        return true;
    }

    private void Fold(Envelope envelope)
    {
        switch (envelope.Payload)
        {
            case FinalizedPayload final when envelope.SegmentId is { } id:
                Put(id, final.Segment, isFinal: true, final.Semantic);
                break;
            case SpeakerTurnPayload { Turn: var turn }:
                _turns.Add(turn with { SpeakerId = _renames.Of(turn.SpeakerId) });
                break;
            case SpeakerRevisionPayload revision:
                Revise(revision);
                break;
            case SummaryPayload summary:
                _summaries.Add(summary);
                if (summary.Author == SummaryAuthors.Model) SummaryFailure = null;
                break;
            case SummaryFailedPayload failed:
                SummaryFailure = failed;
                break;
            case SessionEndedPayload ended:
                Stats = ended.Stats;
                _tentatives.Clear();
                break;
            default:
                if (envelope.SegmentId is { } segment)
                    _work.Fold(segment, envelope.Payload);
                break;
        }
    }

    private SummaryPayload Named(SummaryPayload summary) => summary with { Text = SummaryText.Named(summary, _renames.Of) };

    private bool Show(string? id, SegmentText text)
    {
        if (id is null)
            return _tentatives.Show(text);
        // A viewer that reads slowly may get a partial after its final.
        if (_places.TryGetValue(id, out var place) && _segments[place].IsFinal)
            return false;
        Put(id, text, isFinal: false);
        return true;
    }

    private void Put(string id, SegmentText text, bool isFinal, SegmentSemantics? semantic = null)
    {
        _tentatives.Remove(text.SpeakerId);
        var segment = new SegmentView(id, _renames.Of(text), isFinal, semantic);
        if (_places.TryAdd(id, _segments.Count))
            _segments.Add(segment);
        else
            _segments[_places[id]] = segment;
    }

    private void Revise(SpeakerRevisionPayload revision)
    {
        var everywhere = revision.SegmentIds.Count == 0;
        if (everywhere)
            _renames.Add(revision.From, revision.To);

        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (everywhere ? segment.Text.SpeakerId == revision.From : revision.SegmentIds.Contains(segment.Id))
                _segments[i] = segment with { Text = segment.Text with { SpeakerId = revision.To } };
        }
        for (var i = 0; i < _turns.Count; i++)
        {
            if (everywhere ? _turns[i].SpeakerId == revision.From : _turns[i].SegmentIds.All(revision.SegmentIds.Contains))
                _turns[i] = _turns[i] with { SpeakerId = revision.To };
        }
    }
}
