using Parley.Context;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Turns;

namespace Parley.Conversations.Rules;

/// <summary>
/// The part of a conversation that understands: chunks become segments, turns, annotations and routes. <see cref="Conversation.Decide"/> asks a fork
/// of it what would follow; <see cref="Conversation.Apply"/> moves it on.
/// </summary>
internal sealed partial class Listener
{
    // What continues another is read joined with the end of it, so that a chain of interruptions does not grow without bound.
    private const int MaxJoined = 1_000;

    private static readonly KeywordSemanticAnnotator Annotator = new();

    private readonly ConversationSettings _settings;
    private readonly StreamingSession _session;
    private LiveTurns _turns;
    private ContextWindow _window;
    private JoinedTexts _joined;
    private SummarySchedule _schedule;
    private IntentHistory _history;

    public Listener(ConversationSettings settings)
    {
        _settings = settings;
        _session = new StreamingSession(settings.ToStreamConfig());
        _turns = new LiveTurns(settings.ToTurnConfig());
        _window = settings.NewWindow();
        _schedule = settings.NewSchedule();
        _joined = new JoinedTexts([]);
    }

    public IReadOnlyList<StreamSegment> OpenSegments => _session.OpenSegments;

    public IReadOnlyList<AnnotatedSegment> Window => _window.Segments;

    public long ClampedChunks => _session.ClampedChunks;

    public long LateChunks => _session.LateChunks;

    /// <summary>What follows from an input that was accepted.</summary>
    public List<Understood> Take(Fact input) => input switch
    {
        ChunkAccepted chunk => Hear(new StreamChunk(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId)).Facts,
        LaneClosed closed => CloseLane(closed.SpeakerId),
        EndRequested => End(),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "Nobody says anything with it."),
    };

    /// <summary>What follows from a chunk, and the segment it went to.</summary>
    /// <exception cref="ChunkRefusedException">It breaks the contract.</exception>
    public (string SegmentId, List<Understood> Facts) Hear(StreamChunk chunk)
    {
        var events = _session.IngestChunk(chunk);
        return (events[^1].Segment.SegmentId!, Follow(events));
    }

    public List<Understood> CloseLane(string? speakerId) => Follow(_session.CloseLane(speakerId));

    public List<Understood> End()
    {
        var facts = Follow(_session.EndOfStream());
        Unshare();
        foreach (var turn in _turns.EndOfStream()) Tell(facts, turn);
        facts.Add(new(new SummaryDue("final")));
        return facts;
    }

    private List<Understood> Follow(StreamEvents events)
    {
        var facts = new List<Understood>();
        foreach (var e in events)
        {
            if (e.Type == StreamEventType.FinalSegment) Follow(facts, e.Segment);
        }

        return facts;
    }

    private void Follow(List<Understood> facts, StreamSegment final)
    {
        Unshare();
        var continued = final.Continues is { } id ? _joined[id] : null;
        var annotated = Annotator.Annotate(final, _history.Before(final.SpeakerId, continued));
        var joined = continued is null ? final.Text : Tail($"{continued} {final.Text}");
        _joined = _joined.Add(final.SegmentId!, joined);
        _window.Add(annotated);
        _history = _history.After(final.Text, final.SpeakerId);

        Tell(facts, final, new FinalizedPayload(
            new SegmentText(final.Start, final.End, final.Text, final.SpeakerId) { Continues = final.Continues }, Semantics(annotated)));
        var routed = RoutedSegment.From(annotated);
        facts.Add(new(
            new Told(
                new WorkflowRoutedPayload(routed.Workflow.ToName(), annotated.Intent, continued is null ? null : final.Continues),
                final.SegmentId, final.Start, final.End),
            _settings.Workflows.Contains(routed.Workflow) ? new WorkRequest(final.SegmentId!, routed with { Text = joined }, _window.Segments) : null));
        foreach (var turn in _turns.Add(final)) Tell(facts, turn);

        if (_schedule.IsDue(final.Start, final.End)) facts.Add(new(new SummaryDue("incremental")));
        _schedule = _schedule.After(final.Start, final.End);
    }

    private void Tell(List<Understood> facts, Turn turn)
    {
        var speaker = turn.SpeakerId == "unknown" ? null : turn.SpeakerId;
        facts.Add(new(new Told(
            new SpeakerTurnPayload(new TurnView(turn.Id, turn.Start, turn.End, turn.StreamSegmentIds, speaker, turn.Text)), null, turn.Start, turn.End)));
        var meaning = Annotator.Annotate(new StreamSegment(turn.Start, turn.End, turn.Text, speaker));
        facts.Add(new(new Told(
            new SemanticUpdatePayload(
                turn.Id, meaning.Keywords, meaning.RiskTags, Actions(meaning), turn.Metadata?.QuestionCount ?? 0, _window.Count),
            null, turn.Start, turn.End)));
    }

    private static void Tell(List<Understood> facts, StreamSegment final, ServerPayload payload) =>
        facts.Add(new(new Told(payload, final.SegmentId, final.Start, final.End)));

    private static SegmentSemantics Semantics(AnnotatedSegment segment) =>
        new(segment.Keywords, segment.RiskTags, Actions(segment), segment.Intent, segment.Confidence, segment.Evidence.Length == 0 ? null : segment.Evidence);

    private static IReadOnlyList<Protocol.SemanticAction> Actions(AnnotatedSegment segment) =>
        [.. segment.Actions.Select(action => new Protocol.SemanticAction(action.Text, action.SpeakerId))];

    private static string Tail(string text) => text.Length <= MaxJoined ? text : text[^MaxJoined..];
}

/// <summary>A fact that follows, and the work that it asks for, if any.</summary>
internal readonly record struct Understood(Fact Fact, WorkRequest? Work = null);
