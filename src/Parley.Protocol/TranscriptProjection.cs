namespace Parley.Protocol;

/// <summary>
/// The fold from envelopes to what a viewer shows: segments, turns, work and summaries. Feed it everything that arrives, in order;
/// what came before is ignored, so it may be fed again after a resume. Not safe for threads that fold at the same time.
/// </summary>
public sealed partial class TranscriptProjection
{
    private readonly List<SegmentView> _segments = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<TurnView> _turns = [];
    private readonly List<SummaryPayload> _summaries = [];

    /// <summary>The stream, from the first envelope on.</summary>
    public string? StreamId { get; private set; }

    /// <summary>The last fact folded in: resume after this one. 0 before any.</summary>
    public long LastEventId { get; private set; }

    /// <summary>Whether every fact up to <see cref="LastEventId"/> was folded in, none left out.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Segments with committed text, in the order in which they opened.</summary>
    public IReadOnlyList<SegmentView> Segments => _segments;

    /// <summary>What may still change entirely and belongs to no segment yet; null where there is none.</summary>
    public SegmentText? Tentative { get; private set; }

    /// <summary>Turns that ended, in order.</summary>
    public IReadOnlyList<TurnView> Turns => _turns;

    /// <summary>Summaries, oldest first.</summary>
    public IReadOnlyList<SummaryPayload> Summaries => _summaries;

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
                WorkflowProgressPayload progress => envelope.SegmentId is { } id && ShowProgress(id, progress),
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
                Put(new SegmentView(id, Renamed(final.Segment), IsFinal: true, final.Semantic));
                break;
            case SpeakerTurnPayload { Turn: var turn }:
                _turns.Add(turn with { SpeakerId = Renamed(turn.SpeakerId) });
                break;
            case SpeakerRevisionPayload revision:
                Revise(revision);
                break;
            case SummaryPayload summary:
                _summaries.Add(summary);
                break;
            case SessionEndedPayload ended:
                (Stats, Tentative) = (ended.Stats, null);
                break;
            default:
                if (envelope.SegmentId is { } segment)
                    FoldWork(segment, envelope.Payload);
                break;
        }
    }

    private bool Show(string? id, SegmentText text)
    {
        if (id is null)
        {
            // An empty text: what was tentative has come to nothing.
            if (text.Text.Length > 0) Tentative = Renamed(text);
            else if (Tentative?.SpeakerId == text.SpeakerId) Tentative = null;
            return true;
        }
        // A viewer that reads slowly may get a partial after its final.
        if (_places.TryGetValue(id, out var place) && _segments[place].IsFinal)
            return false;
        Put(new SegmentView(id, Renamed(text), IsFinal: false));
        return true;
    }

    private void Put(SegmentView segment)
    {
        if (Tentative?.SpeakerId == segment.Text.SpeakerId)
            Tentative = null;
        if (_places.TryAdd(segment.Id, _segments.Count))
            _segments.Add(segment);
        else
            _segments[_places[segment.Id]] = segment;
    }
}

/// <summary>A segment as a viewer sees it.</summary>
/// <param name="Id">Its name within the stream.</param>
/// <param name="Text">What was said, and by whom, as far as is known now.</param>
/// <param name="IsFinal">Whether its text stands.</param>
/// <param name="Semantic">What it means; null in a partial and where annotation is off.</param>
public sealed record SegmentView(string Id, SegmentText Text, bool IsFinal, SegmentSemantics? Semantic = null);
