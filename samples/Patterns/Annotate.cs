using System.Text.Json;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Samples.Patterns;

internal static class Annotate
{
    public static void Run(IEnumerable<StreamChunk> chunks)
    {
        var session = new StreamingSession();
        var annotator = new KeywordSemanticAnnotator();
        foreach (var chunk in chunks) Take(session.IngestChunk(chunk));
        Take(session.EndOfStream());

        void Take(StreamEvents events)
        {
            foreach (var e in events)
            {
                if (e.Type != StreamEventType.FinalSegment) continue;
                var annotated = annotator.Annotate(e.Segment);
                Console.WriteLine(JsonSerializer.Serialize(annotated, SemanticsJsonContext.Default.AnnotatedSegment));
            }
        }
    }
}
