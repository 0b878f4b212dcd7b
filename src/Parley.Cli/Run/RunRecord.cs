using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>What a run has to write down: its segments, what they mean, and where they go.</summary>
internal sealed class RunRecord
{
    private readonly OrderedDictionary<string, FinalizedPayload> _finals = [];
    private readonly SummaryReading _summaries = new();

    /// <summary>Final segments with what they mean, in the order they closed.</summary>
    public IEnumerable<AnnotatedSegment> Segments => _finals.Values.Select(final => final.ToAnnotatedSegment());

    /// <summary>The same, ready for an LLM.</summary>
    public IEnumerable<RoutedSegment> Routed => Segments.Select(segment => RoutedSegment.From(segment));

    /// <summary>The last summary, at the end the final one, under the speakers' current names; null before the first.</summary>
    public SummaryPayload? Summary => _summaries.Best?.Summary;

    public void Add(VisibleFact told, LogRecord record)
    {
        if (told.Payload is FinalizedPayload said) _finals.Add(told.SegmentId!, said);
        _summaries.Take(told.Payload, record.EventId, record.At);
        if (told.Payload is not SpeakerRevisionPayload revision) return;
        foreach (var id in revision.SegmentIds)
        {
            if (_finals.TryGetValue(id, out var final)) _finals[id] = final.SaidBy(id, revision.To);
        }
    }

    /// <summary>The offline document, annotated, with its turns.</summary>
    public Transcript ToTranscript() => ConversationDocument.Build("", _finals);
}
