using FsCheck;
using FsCheck.Fluent;
using Parley.Streaming;

namespace Parley.Tests.Streaming;

/// <summary>Random conversations, from tidy to hopeless.</summary>
internal static class Conversations
{
    private static readonly string?[] Speakers = ["ana", "ben", "cy", null, "Ana", "dot "];

    private static readonly string[] Texts = ["", "yes", "well then", " led", "trailing ", "  ", "ten\u00a0", "\ud83d\udeb2", "\u6f22\u5b57"];

    /// <summary>Starts and ends on a grid of tenths, so that equal times are common; people interrupt, arrive late, and repeat themselves.</summary>
    public static Gen<StreamChunk[]> Overlapping =>
        from steps in Gen.ArrayOf(Step(back: -30))
        select Walk(steps, overlap: true);

    /// <summary>No chunk starts before the one before it ends.</summary>
    public static Gen<StreamChunk[]> Tidy =>
        from steps in Gen.ArrayOf(Step(back: 0))
        select Walk(steps, overlap: false);

    /// <summary>Any configuration that a session takes.</summary>
    public static Gen<StreamConfig> Configs =>
        from gap in Gen.Elements(-0.5, 0, 0.1, 0.3, 1.0, 2.5, 1e9)
        from lanes in Gen.Elements(1, 2, 3, 16)
        from longest in Gen.Elements<double?>(null, 0.5, 2.0, 10.0)
        from boundaries in Gen.Elements(false, true)
        from turns in Gen.Elements(false, true)
        select new StreamConfig
        {
            MaxGapSec = gap,
            MaxLanes = lanes,
            MaxSegmentSec = longest,
            EmitIds = true,
            EmitChunkBoundaries = boundaries,
            EmitTurnBoundaries = turns,
        };

    private static Gen<(int Gap, int Length, string? Speaker, string Text)> Step(int back) =>
        from gap in Gen.Frequency((5, Gen.Choose(0, 3)), (2, Gen.Choose(4, 40)), (3, Gen.Choose(back, 0)))
        from length in Gen.Choose(0, 25)
        from speaker in Gen.Elements(Speakers)
        from text in Gen.Elements(Texts)
        select (gap, length, speaker, text);

    private static StreamChunk[] Walk((int Gap, int Length, string? Speaker, string Text)[] steps, bool overlap)
    {
        var (at, end, word) = (0, 0, 0);
        return steps.Select(step =>
        {
            at = (overlap ? at : end) + step.Gap;
            end = at + step.Length;
            // A number makes every word one of a kind, so that none can be lost or doubled unseen.
            return new StreamChunk(at / 10.0, end / 10.0, step.Text.Length == 0 ? "" : $"{step.Text}{word++}", step.Speaker);
        }).ToArray();
    }
}
