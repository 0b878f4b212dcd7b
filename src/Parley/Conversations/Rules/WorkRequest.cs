using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;

namespace Parley.Conversations.Rules;

/// <summary>What a routed segment asks of its workflow.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Segment">The segment as an LLM sees it; its text is joined with what it continues.</param>
/// <param name="Context">The context window as it was when the segment was said, the segment included.</param>
public sealed record WorkRequest(string SegmentId, RoutedSegment Segment, IReadOnlyList<AnnotatedSegment> Context)
{
    /// <summary>Gets who said it; null for a speaker without a name, whom <see cref="Segment"/> calls <c>Unknown</c>.</summary>
    public string? Speaker { get; init; }

    /// <summary>Gets the decisions and action items that the rules found in the segment; null where there are none.</summary>
    public IReadOnlyList<Outcome>? Outcomes { get; init; }

    /// <summary>Gets the code of the language that was spoken, as far as it was known then; null where it was not.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the set of prompts to ask with; null for those of the tenant or the server.</summary>
    public string? Prompts { get; init; }
}
