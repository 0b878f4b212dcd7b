using Parley.Context;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Samples.Patterns;

internal static class BuildContext
{
    public static void Run(IEnumerable<StreamChunk> chunks)
    {
        var session = new StreamingSession();
        var annotator = new KeywordSemanticAnnotator();
        var context = new ContextWindow(maxSegments: 15, maxTimeSec: 180);
        var schedule = new SummarySchedule(everySegments: 3);
        foreach (var chunk in chunks) Take(session.IngestChunk(chunk));
        Take(session.EndOfStream());
        Console.WriteLine(Prompts.FinalSummary(context.Segments).User);

        void Take(StreamEvents events)
        {
            foreach (var e in events)
            {
                if (e.Type != StreamEventType.FinalSegment) continue;
                context.Add(annotator.Annotate(e.Segment));
                if (schedule.IsDue(e.Segment.Start, e.Segment.End)) Console.WriteLine($"{Prompts.IncrementalSummary(context.Segments).User}\n");
                schedule = schedule.After(e.Segment.Start, e.Segment.End);
            }
        }
    }
}
