using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Samples.Patterns;

internal static class Understand
{
    public static void Run(IEnumerable<StreamChunk> chunks)
    {
        var annotator = new KeywordSemanticAnnotator();
        foreach (var chunk in chunks)
        {
            var keywords = annotator.ExtractKeywords(chunk.Text); // "so what does it cost": cost
            var intent = annotator.ClassifyIntent(chunk.Text);    // question, how sure, and by which words
            Console.WriteLine($"{intent.Intent} {intent.Confidence:0.00} [{string.Join(", ", keywords)}] {chunk.Text}");
        }
    }
}
