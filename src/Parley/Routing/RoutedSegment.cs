using System.Text.Json.Serialization;
using Parley.Semantics;

namespace Parley.Routing;

/// <summary>
/// A final segment, ready for an LLM. Its JSON is exactly <c>{text, speaker, start, end, intent, workflow}</c>:
/// see <see cref="RoutingJsonContext"/>.
/// </summary>
/// <param name="Text">What was said.</param>
/// <param name="Speaker">Who said it; <c>Unknown</c> when nobody was named.</param>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Intent">What it does.</param>
/// <param name="Workflow">Where it goes.</param>
public sealed record RoutedSegment(
    [property: JsonPropertyOrder(0)] string Text,
    [property: JsonPropertyOrder(1)] string Speaker,
    [property: JsonPropertyOrder(2)] double Start,
    [property: JsonPropertyOrder(3)] double End,
    [property: JsonPropertyOrder(4)] string Intent,
    [property: JsonPropertyOrder(5)] Workflow Workflow)
{
    /// <summary>Routes a segment by its intent.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="table">Which intent goes where; null is <see cref="RoutingTable.Default"/>.</param>
    public static RoutedSegment From(AnnotatedSegment segment, RoutingTable? table = null)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var speaker = string.IsNullOrEmpty(segment.SpeakerId) ? "Unknown" : segment.SpeakerId;
        return new RoutedSegment(
            segment.Text, speaker, segment.Start, segment.End, segment.Intent, (table ?? RoutingTable.Default)[segment.Intent]);
    }
}
