using System.Globalization;
using Parley.Transcripts;

namespace Parley.Context;

public static partial class TranscriptText
{
    private const string CuesOpen = "[audio:";

    private static string? Label(string? speaker, IReadOnlyDictionary<string, string>? labels)
    {
        var label = speaker is not null && labels is not null && labels.TryGetValue(speaker, out var name) ? name : speaker;
        return string.IsNullOrEmpty(label) ? null : label;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Clock(double seconds)
    {
        var whole = (long)Math.Max(seconds, 0);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 3600:00}:{whole / 60 % 60:00}:{whole % 60:00}");
    }

    // Seconds may round up to 60.0: the reference does not carry.
    private static string PreciseClock(double seconds)
    {
        var time = Math.Max(seconds, 0);
        var minutes = (long)(time / 60);
        return string.Create(
            CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}:{FixedPoint.Format(time % 60, 1).PadLeft(4, '0')}");
    }

    private static Dictionary<int, TranscriptSegment> SegmentsById(Transcript transcript)
    {
        var segments = new Dictionary<int, TranscriptSegment>();
        foreach (var segment in transcript.Segments)
            segments.TryAdd(segment.Id, segment);
        return segments;
    }

    private static List<string> AudioCues(TranscriptTurn turn, Dictionary<int, TranscriptSegment> segments) =>
        [.. turn.SegmentIds.Where(segments.ContainsKey).SelectMany(id => AudioCues(segments[id])).Distinct().Order(StringComparer.Ordinal)];

    private static string[] AudioCues(TranscriptSegment segment) =>
        segment.AudioState?["rendering"]?.ToString() is { } rendering
        && rendering.StartsWith(CuesOpen, StringComparison.Ordinal) && rendering.EndsWith(']')
            ? rendering[CuesOpen.Length..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
}
