using Parley.Conversations;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Transcripts;
using Parley.Turns;

namespace Parley.Cli.Run;

/// <summary>What a run has to write down: its segments, what they mean, and where they go.</summary>
internal sealed class RunRecord
{
    private readonly TranscriptBuilder _transcript = new();
    private readonly List<AnnotatedSegment> _segments = [];
    private readonly List<RoutedSegment> _routed = [];

    /// <summary>Final segments with what they mean, in the order they closed.</summary>
    public IReadOnlyList<AnnotatedSegment> Segments => _segments;

    /// <summary>The same, ready for an LLM.</summary>
    public IReadOnlyList<RoutedSegment> Routed => _routed;

    public string Summary { get; set; } = "";

    public void Add(Told told)
    {
        if (told.Payload is not FinalizedPayload { Segment: var said, Semantic: { } meaning }) return;
        var segment = new AnnotatedSegment(said.Start, said.End, said.Text, said.SpeakerId, meaning.Keywords, meaning.Intent ?? Intents.Statement)
        {
            Confidence = meaning.Confidence ?? 0,
            Evidence = meaning.Evidence ?? "",
            RiskTags = meaning.RiskTags,
        };
        _segments.Add(segment);
        _routed.Add(RoutedSegment.From(segment));
        _transcript.Add(said.Start, said.End, said.Text, said.SpeakerId, checked((int)SegmentId.Parse(told.SegmentId!)));
    }

    /// <summary>The offline document, annotated, with its turns.</summary>
    public Transcript ToTranscript()
    {
        var transcript = new KeywordSemanticAnnotator().Annotate(_transcript.Build());
        transcript.Turns = [.. OfflineTurns.Build(transcript).Select(turn => turn.ToTranscriptTurn())];
        return transcript;
    }
}
