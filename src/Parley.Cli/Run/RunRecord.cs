using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Transcripts;
using Parley.Turns;

namespace Parley.Cli.Run;

/// <summary>What a run has to write down: its segments, what they mean, and where they go.</summary>
internal sealed class RunRecord
{
    private readonly OrderedDictionary<string, AnnotatedSegment> _segments = [];

    /// <summary>Final segments with what they mean, in the order they closed.</summary>
    public IEnumerable<AnnotatedSegment> Segments => _segments.Values;

    /// <summary>The same, ready for an LLM.</summary>
    public IEnumerable<RoutedSegment> Routed => Segments.Select(segment => RoutedSegment.From(segment));

    /// <summary>The last summary; at the end, the final one.</summary>
    public string Summary { get; private set; } = "";

    public void Add(Told told)
    {
        if (told.Payload is FinalizedPayload final) _segments.Add(told.SegmentId!, final.ToAnnotatedSegment());
        if (told.Payload is SummaryPayload summary) Summary = summary.Text;
        if (told.Payload is not SpeakerRevisionPayload revision) return;
        foreach (var id in revision.SegmentIds)
        {
            if (_segments.TryGetValue(id, out var segment)) _segments[id] = segment with { SpeakerId = revision.To };
        }
    }

    /// <summary>The offline document, annotated, with its turns.</summary>
    public Transcript ToTranscript()
    {
        var builder = new TranscriptBuilder();
        foreach (var (id, said) in _segments) builder.Add(said.Start, said.End, said.Text, said.SpeakerId, checked((int)SegmentId.Parse(id)));
        var transcript = new KeywordSemanticAnnotator().Annotate(builder.Build());
        transcript.Turns = [.. OfflineTurns.Build(transcript).Select(turn => turn.ToTranscriptTurn())];
        return transcript;
    }
}
