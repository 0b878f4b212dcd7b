using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.Turns;

/// <summary>Groups the segments of a finished transcript into turns, as the document format's maker does.</summary>
/// <remarks>A segment whose speaker has no id is left out and ends nothing. An interjection cuts the turn it falls into, unlike live.</remarks>
public static class OfflineTurns
{
    // Shorter overlaps are the recogniser's: word times are not that exact.
    private const double InterruptionSec = 0.15;

    /// <summary>Builds the turns, with their metadata, in the order of the segments.</summary>
    /// <param name="transcript">The transcript. It is not changed.</param>
    /// <param name="pauseThresholdSec">A speaker's silence, in seconds, from which on a new turn starts. Exactly this long starts
    /// one. At least 0; null, the default, lets only another speaker end a turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or not a number.</exception>
    public static IReadOnlyList<Turn> Build(Transcript transcript, double? pauseThresholdSec = null)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        if (pauseThresholdSec is { } threshold && !(threshold >= 0))
            throw new ArgumentOutOfRangeException(nameof(pauseThresholdSec), threshold, "A pause lasts at least 0 seconds.");

        var turns = new List<Turn>();
        foreach (var segments in Group(transcript.Segments, pauseThresholdSec))
            turns.Add(TurnOf(segments, turns.Count, turns.LastOrDefault()));
        return turns;
    }

    private static List<List<TranscriptSegment>> Group(IEnumerable<TranscriptSegment> segments, double? pauseThresholdSec)
    {
        var groups = new List<List<TranscriptSegment>>();
        TranscriptSegment? last = null;
        foreach (var segment in segments)
        {
            if (segment.Speaker?.Id is not { } speaker)
                continue;
            if (last is null || last.Speaker!.Id != speaker || segment.Start - last.End >= pauseThresholdSec)
                groups.Add([]);
            groups[^1].Add(last = segment);
        }

        return groups;
    }

    private static Turn TurnOf(List<TranscriptSegment> segments, int number, Turn? before)
    {
        var text = new StringBuilder();
        foreach (var segment in segments)
            TurnText.Append(text, segment.Text);
        var turn = new Turn(
            string.Create(CultureInfo.InvariantCulture, $"turn_{number}"), segments[0].Speaker!.Id!,
            segments[0].Start, segments[^1].End, segments.ConvertAll(segment => segment.Id), text.ToString());
        return turn with
        {
            Metadata = new TurnMetadata(
                segments.Count(segment => TurnText.IsQuestion(segment.Text)),
                before is not null && before.SpeakerId != turn.SpeakerId && Interrupts(turn.Start, before.End),
                LongestPause(segments[0]),
                TurnText.DisfluencyRatio(turn.Text)),
        };
    }

    /// <summary>Whether a turn that starts then interrupts another speaker's that ends then.</summary>
    internal static bool Interrupts(double start, double beforeEnd) => start < beforeEnd - InterruptionSec;

    private static double? LongestPause(TranscriptSegment segment) =>
        segment.AudioState?["prosody"] is JsonObject prosody
        && prosody["pauses"] is JsonObject pauses
        && pauses["longest_ms"] is JsonValue longest
        && longest.GetValueKind() == JsonValueKind.Number ? JsonValues.Number(longest) : null;
}
