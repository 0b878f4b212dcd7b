using System.Collections.Immutable;
using Parley.Protocol;

namespace Parley.Semantics.Outcomes;

/// <summary>A final segment as the rules for outcomes see it.</summary>
/// <param name="SegmentId">Its name within the stream.</param>
/// <param name="SpeakerId">Who said it; null where nobody was named.</param>
/// <param name="Text">What was said.</param>
public sealed record SaidSegment(string SegmentId, string? SpeakerId, string Text);

/// <summary>
/// What the rules for outcomes know of a conversation so far: its last segments, what was found lately, and who has spoken. Bounded, and
/// a value:
/// <see cref="After"/> returns the next one.
/// </summary>
/// <param name="Segments">The last segments, oldest first.</param>
/// <param name="Outcomes">What was found lately, oldest first.</param>
/// <param name="Speakers">The speakers who were named, in the order in which they first spoke.</param>
public sealed record OutcomeHistory(ImmutableArray<SaidSegment> Segments, ImmutableArray<Outcome> Outcomes, ImmutableArray<string> Speakers)
{
    private const int MostSegments = 4;
    private const int MostOutcomes = 32;
    private const int MostSpeakers = 32;
    private const int LongestText = 2_000;

    /// <summary>Gets the history of a conversation in which nothing was said.</summary>
    public static OutcomeHistory Empty { get; } = new([], [], []);

    /// <summary>Returns the history once a segment is in.</summary>
    /// <param name="said">The segment.</param>
    /// <param name="outcomes">What was found in it.</param>
    public OutcomeHistory After(SaidSegment said, IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(outcomes);
        // What somebody offers or proposes stands at the end.
        var kept = said.Text.Length <= LongestText ? said : said with { Text = said.Text[^LongestText..] };
        var found = outcomes.Count == 0
            ? Outcomes
            : Outcomes.RemoveAll(before => outcomes.Any(outcome => outcome.Id == before.Id)).AddRange(outcomes);
        var isNew = said.SpeakerId is { Length: > 0 } && Speakers.Length < MostSpeakers && !Speakers.Contains(said.SpeakerId);
        return new OutcomeHistory(
            Last(Segments.Add(kept), MostSegments), Last(found, MostOutcomes), isNew ? Speakers.Add(said.SpeakerId!) : Speakers);
    }

    private static ImmutableArray<T> Last<T>(ImmutableArray<T> items, int most) =>
        items.Length <= most ? items : items.RemoveRange(0, items.Length - most);
}
