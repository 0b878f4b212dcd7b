using Parley.Routing;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Samples.Patterns;

internal static class Route
{
    public static void Run(IEnumerable<StreamChunk> chunks)
    {
        var session = new StreamingSession();
        var annotator = new KeywordSemanticAnnotator();
        var queues = Enum.GetValues<Workflow>().ToDictionary(workflow => workflow, _ => new Queue<RoutedSegment>());
        foreach (var chunk in chunks) Take(session.IngestChunk(chunk));
        Take(session.EndOfStream());

        void Take(StreamEvents events)
        {
            foreach (var e in events)
            {
                if (e.Type != StreamEventType.FinalSegment) continue;
                var routed = RoutedSegment.From(annotator.Annotate(e.Segment));
                queues[routed.Workflow].Enqueue(routed);
                Console.WriteLine($"[{routed.Workflow.ToName()}] {routed.Speaker}: {routed.Text}");
            }
        }
    }
}
