using Parley.Asr;
using Parley.Streaming;

namespace Parley.Samples.Patterns;

internal static class Recognise
{
    /// <summary>A recogniser's messages, as its socket gives them, to segments.</summary>
    public static void Run(IEnumerable<ReadOnlyMemory<byte>> messages)
    {
        var recogniser = new HypothesisAssembler(AsrFormats.Default.Get("deepgram"));
        var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes });
        foreach (var message in messages)
        {
            foreach (var output in recogniser.Ingest(message))
            {
                switch (output.Kind)
                {
                    case AsrOutputKind.Committed: Show(session.IngestChunk(output.Chunk)); break;
                    case AsrOutputKind.EndOfTurn: Show(session.CloseLane(output.Chunk.SpeakerId)); break;
                    case AsrOutputKind.Tentative: Console.WriteLine($"({output.Chunk.Text})"); break;
                }
            }
        }

        Show(session.EndOfStream());
    }

    private static void Show(StreamEvents events)
    {
        foreach (var e in events)
        {
            if (e.Type == StreamEventType.FinalSegment) Console.WriteLine($"{e.Segment.SpeakerId}: {e.Segment.Text}");
        }
    }
}
