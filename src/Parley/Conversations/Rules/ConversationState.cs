using Parley.Context;
using Parley.Languages;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>
/// All that a conversation knows. Only <see cref="Conversation.Apply"/> changes it. Its size depends on how many people talk and how much work is
/// open, not on how long they have talked.
/// </summary>
/// <param name="streamId">The conversation's name.</param>
/// <param name="counter">What counts the tokens of its context window; null to estimate them.</param>
public sealed partial class ConversationState(string streamId, ITokenCounter? counter = null)
{
    private const int FirstRulesWithLanguages = 5;

    private readonly SourceLedger _sources = new();
    private readonly SegmentWork _work = new();
    private readonly HashSet<string?> _speakers = [];
    private Lanes? _lanes;
    private ConversationMemory? _memory;
    private StreamConfig? _segmentConfig;
    private (double Start, double End)? _audio;
    private long _lateChunks;
    private string? _endReason;

    /// <summary>The conversation's name.</summary>
    public string StreamId { get; } = streamId;

    /// <summary>How it is read; null before it begins.</summary>
    public ConversationSettings? Settings { get; private set; }

    /// <summary>Whose it is, as far as limits count; null where nobody counts.</summary>
    public string? Owner { get; private set; }

    /// <summary>Gets the rules that its last facts were read by.</summary>
    public RulesVersion Rules { get; internal set; }

    /// <summary>Gets a kind of fact in its log that this version does not know, so that it takes nothing more; null where all are known.</summary>
    public string? UnknownKind { get; internal set; }

    /// <summary>Where it stands.</summary>
    public ConversationPhase Phase { get; internal set; }

    /// <summary>Whether chunks are taken.</summary>
    public bool TakesInput => Phase == ConversationPhase.Live;

    /// <summary>
    /// Whether nothing is going on: nobody is in the middle of a segment, and no work or summary is awaited. Once it has ended nothing is: what
    /// comes late finds it again.
    /// </summary>
    public bool IsIdle => Phase switch
    {
        ConversationPhase.Live => OpenSegments.Count == 0 && _work.Pending.Count == 0 && DueSummary is null,
        ConversationPhase.Draining => false,
        _ => true,
    };

    /// <summary>The number of the last fact that viewers got.</summary>
    public long EventId { get; internal set; }

    /// <summary>
    /// What every source heard so far has to send next, as far as the log knows. A source of messages may have been told more: that what may still change
    /// need not be sent again.
    /// </summary>
    public IReadOnlyDictionary<string, long> Expected => _sources.Expected;

    /// <summary>What people are saying now, in order of opening.</summary>
    public IReadOnlyList<StreamSegment> OpenSegments => _lanes?.Open ?? [];

    /// <summary>The context window, as an LLM would see it.</summary>
    public IReadOnlyList<Semantics.AnnotatedSegment> Window => _memory?.Window ?? [];

    /// <summary>Work that was routed and has no outcome yet, by segment.</summary>
    public IReadOnlyDictionary<string, WorkRequest> Pending => _work.Pending;

    /// <summary>Segments whose work failed or was dropped: an answer may still be added.</summary>
    public IReadOnlyDictionary<string, Unanswered> Unanswered => _work.Unanswered;

    /// <summary>Gets the summary that should be made next, whoever makes it; null where none is due. The end waits for it.</summary>
    public DueSummary? DueSummary => Summaries.Due;

    /// <summary>
    /// Gets the summary that a model should write next; null where none is due. The end does not wait for it: one that is made without the
    /// model may be in its place until it comes.
    /// </summary>
    public DueSummary? AwaitedSummary => Summaries.Awaited;

    /// <summary>Gets the summary that no model has written, although one was asked to; null where there is none.</summary>
    public UnwrittenSummary? UnwrittenSummary => Summaries.Unwritten;

    /// <summary>Gets the last summary, the final one once there is one; null before the first.</summary>
    public SummaryPayload? Summary => Summaries.Last;

    /// <summary>Gets <see cref="Summary"/> under the names that the speakers have by now; null before the first.</summary>
    public SummaryPayload? NamedSummary => Summary is { } summary ? summary with { Text = SummaryText.Named(summary, Names.Of) } : null;

    /// <summary>Gets the last summary that is not known to be made without a model; null before the first.</summary>
    public SummaryPayload? WrittenSummary => Summaries.Written;

    /// <summary>Gets the last fact that a summary covers.</summary>
    public long SummarisedTo => Summary?.ToEventId ?? 0;

    /// <summary>Gets the event of <see cref="Summary"/>; 0 before the first.</summary>
    public long SummaryEventId => Summaries.LastEventId;

    /// <summary>Gets how much work has no outcome yet: that of segments, and a summary that a model is still asked for.</summary>
    public int OpenWork => _work.Pending.Count + (Summaries.IsAwaitedRouted ? 1 : 0);

    /// <summary>Chunks accepted.</summary>
    public long Chunks { get; private set; }

    /// <summary>Final segments.</summary>
    public long Segments { get; private set; }

    /// <summary>Chunks moved to the end of what their speaker had already said.</summary>
    public long ClampedChunks { get; private set; }

    /// <summary>Turns that ended.</summary>
    public long Turns => _memory?.EndedTurns ?? 0;

    /// <summary>Segments handed to a workflow, and summaries that a model was asked for.</summary>
    public long WorkRouted => _work.Routed + Summaries.Routed;

    /// <summary>Of these, answered.</summary>
    public long WorkDone => _work.Done + Summaries.Done;

    /// <summary>Of these, failed, and not answered since.</summary>
    public long WorkFailed => Count(UnansweredKind.Failed);

    /// <summary>Of these, dropped under load, and not answered since.</summary>
    public long WorkDropped => Count(UnansweredKind.Dropped);

    /// <summary>Of these, taken over by a later segment, or covered by a later summary.</summary>
    public long WorkJoined => Count(UnansweredKind.Joined) + Summaries.Joined;

    /// <summary>
    /// Gets the code of the language that is spoken, such as <c>de</c>: as it was set, as its recogniser names it, or as the first segments
    /// tell; null where it is not known.
    /// </summary>
    public string? Language => _memory?.Language ?? LanguageTag.PrimaryOf(Settings?.Language);

    /// <summary>What it has used of a model, as it was last told; null where nobody counts.</summary>
    public ModelUsage? Usage { get; private set; }

    /// <summary>Gets what its results, failures and summaries took of models together; null if no model was asked.</summary>
    public TokenUsage? TotalUsage { get; private set; }

    /// <summary>What a speaker is saying now; null for nothing.</summary>
    internal StreamSegment? OpenSegmentOf(string? speakerId) => _lanes?.Find(speakerId);

    /// <summary>Gets what people are saying now, and what they said last.</summary>
    internal Lanes Lanes => _lanes ?? throw NotBegun();

    /// <summary>Gets what the rules need to know of final segments.</summary>
    internal ConversationMemory Memory => _memory ?? throw NotBegun();

    /// <summary>Gets how its settings make segments of chunks.</summary>
    internal StreamConfig SegmentConfig => _segmentConfig ?? throw NotBegun();

    /// <summary>Gets or sets what it knows of its summaries.</summary>
    internal SummaryState Summaries { get; set; } = new();

    /// <summary>Gets what speakers are called now, as far as they were given another name.</summary>
    internal SpeakerRenames Names { get; private set; } = new();

    /// <summary>Gets or sets where the segments that close now were closed, in seconds of audio time; null for the end of each.</summary>
    internal double? ClosedAt { get; set; }

    /// <summary>What a source has to send next, from 1, as far as the log knows.</summary>
    public long ExpectedSequence(string source) => _sources.ExpectedOf(source);

    /// <summary>How many chunks came from a source.</summary>
    internal long LastChunk(string source) => _sources.LastChunk(source);

    /// <summary>What is known of a source that sends messages; null of any other.</summary>
    internal MessageSource? MessagesOf(string source) => _sources.MessagesOf(source);

    internal bool KnowsSource(string source) => _sources.Knows(source);

    /// <summary>How many sources it knows.</summary>
    internal int Sources => _sources.Count;

    internal bool KnowsSpeaker(string? speaker) => _speakers.Contains(speaker);

    /// <summary>How many speakers it knows, without the one whom nobody named.</summary>
    internal int NamedSpeakers => _speakers.Contains(null) ? _speakers.Count - 1 : _speakers.Count;

    /// <summary>What it came to so far.</summary>
    public SessionStats ToStats() => new()
    {
        Reason = _endReason,
        ChunksReceived = Chunks,
        SegmentsFinalized = Segments,
        Turns = Turns,
        Speakers = _speakers.Count,
        DurationSec = _audio is { } audio ? Math.Min(audio.End - audio.Start, double.MaxValue) : 0,
        OverlapClamped = ClampedChunks,
        LateChunks = _lateChunks,
        WorkRouted = WorkRouted,
        WorkDone = WorkDone,
        WorkFailed = WorkFailed,
        WorkDropped = WorkDropped,
        WorkJoined = WorkJoined,
        Language = Language,
    };

    internal void Begin(Opened opened)
    {
        (Settings, Owner, Rules) = (opened.Settings, opened.Owner, new(opened.Rules, opened.RulesHash));
        _segmentConfig = opened.Settings.ToStreamConfig();
        _lanes = new Lanes(_segmentConfig.Join, hasIds: true);
        _memory = new ConversationMemory(opened.Settings.NewWindow(counter))
        {
            // One that began before languages were looked for goes on as it was.
            Evidence = opened.Rules < FirstRulesWithLanguages ? LanguageEvidence.Over : LanguageEvidence.None,
        };
        Phase = ConversationPhase.Live;
    }

    internal void Count(ChunkAccepted chunk)
    {
        _sources.Add(chunk);
        _speakers.Add(chunk.SpeakerId);
        _audio = _audio is { } audio ? (Math.Min(audio.Start, chunk.Start), Math.Max(audio.End, chunk.End)) : (chunk.Start, chunk.End);
        Chunks++;
        if (chunk.Clamped) ClampedChunks++;
        if (chunk.Late) _lateChunks++;
    }

    /// <summary>Puts a chunk into its segment.</summary>
    internal void Place(ChunkAccepted chunk)
    {
        ClosedAt = chunk.Start;
        if (chunk.Opens)
        {
            if (SegmentId.From(Lanes.Next) != chunk.SegmentId) throw Contradiction(chunk.SegmentId, "is opened out of order");
            var start = chunk.SegmentStart ?? chunk.Start;
            var continues = chunk.Continues is { } before ? NumberOf(before) : SegmentBody.None;
            Lanes.Add(start, Math.Max(chunk.End, start), chunk.Text, chunk.SpeakerId, continues, chunk.Details);
            return;
        }

        var lane = Lanes.IndexOf(chunk.SpeakerId);
        if (lane < 0 || Lanes.IdAt(lane) != chunk.SegmentId) throw Contradiction(chunk.SegmentId, "is extended but not open");
        Lanes.Grow(lane, chunk.End, chunk.Text, chunk.Details);
    }

    /// <summary>Closes the segment of a final.</summary>
    internal void Close(VisibleFact final)
    {
        if (final is not { SegmentId: { } id, Closing: not null } || Lanes.Close(NumberOf(id), ClosedAt) is null)
            throw Contradiction(final.SegmentId, "is final but was not open");
        Segments++;
    }

    internal void Remember(Fact fact) => _memory = Memory.After(fact);

    internal void Connect(SourceConnected connected) => _sources.Connect(connected);

    internal void Drain(string reason)
    {
        Phase = ConversationPhase.Draining;
        _endReason = reason;
    }

    /// <summary>Keeps the work that a segment asks for, where there is a workflow to do it.</summary>
    internal void Route(string segmentId, WorkflowRoutedPayload routed)
    {
        if (!WorkflowNames.TryParse(routed.Workflow, out var workflow)) return;
        if (!Settings!.Workflows.Contains(workflow) && !routed.Extracts) return;
        if (Memory.Last is not { } said || Memory.Joined[segmentId] is not { } text) throw Contradiction(segmentId, "is routed but not final");
        var speaker = string.IsNullOrEmpty(said.SpeakerId) ? null : said.SpeakerId;
        var segment = new RoutedSegment(text, speaker ?? "Unknown", said.Start, said.End, routed.Intent ?? said.Intent, workflow);
        _work.Route(new(segmentId, segment, Memory.Window)
        {
            Speaker = speaker,
            Outcomes = said.Outcomes.Count == 0 ? null : said.Outcomes,
            Language = Language,
            Prompts = Settings.Prompts,
        });
    }

    internal void Answer(string segmentId) => _work.Answer(segmentId);

    internal void LeaveUnanswered(string segmentId, Unanswered unanswered) => _work.LeaveUnanswered(segmentId, unanswered);

    internal void Used(ModelUsage? usage, TokenUsage? used) => (Usage, TotalUsage) = (usage ?? Usage, used?.Plus(TotalUsage) ?? TotalUsage);

    private int Count(UnansweredKind kind) => _work.Count(kind) + (UnwrittenSummary?.Why.Kind == kind ? 1 : 0);

    private ContradictionException Contradiction(string? segmentId, string what) => new($"The log of {StreamId} contradicts itself: {segmentId} {what}.");

    private int NumberOf(string segmentId) => SegmentId.TryParse(segmentId, out var number) && number <= int.MaxValue
        ? (int)number
        : throw new ContradictionException($"The log of {StreamId} is damaged: there is no segment {segmentId}.");

    private ContradictionException NotBegun() => new($"The log of {StreamId} contradicts itself: it goes on, but has not begun.");
}
