using System.Text;
using Parley.Transcripts;

namespace Parley.Context;

/// <summary>An offline transcript as text for a model, in the forms that slower-whisper has.</summary>
/// <remarks>Text and names stand as they are in the document: put them into a prompt with <see cref="Fence.Text"/>.</remarks>
public static partial class TranscriptText
{
    private const string Truncated = "\n[...truncated]";
    private const int CharactersPerToken = 4;

    /// <summary>One segment: <c>[00:01:23] [spk_0 | calm tone] Good morning.</c></summary>
    /// <param name="segment">The segment.</param>
    /// <param name="audioCues">Whether to say how it sounded. Default true.</param>
    /// <param name="timestamps">Whether to say when it starts. Default false.</param>
    /// <param name="labels">Names to show for speaker ids; null shows the ids.</param>
    public static string Segment(
        TranscriptSegment segment, bool audioCues = true, bool timestamps = false, IReadOnlyDictionary<string, string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var cues = audioCues ? string.Join(", ", AudioCues(segment)) : "";
        return $"{Prefix(timestamps ? Clock(segment.Start) : "", Label(segment.Speaker?.Id, labels), cues)}{segment.Text.Trim()}";
    }

    /// <summary>A whole conversation, turn by turn where the document has turns, otherwise segment by segment.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="byTurns">False shows segments even where there are turns. Default true.</param>
    /// <param name="audioCues">Whether to say how it sounded. Default true.</param>
    /// <param name="timestamps">Whether to say when each line starts. Default false.</param>
    /// <param name="header">Whether file, language, duration and the numbers of speakers and turns stand above. Default true.</param>
    /// <param name="labels">Names to show for speaker ids; null shows the ids.</param>
    public static string Conversation(
        Transcript transcript, bool byTurns = true, bool audioCues = true, bool timestamps = false, bool header = true,
        IReadOnlyDictionary<string, string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var segments = SegmentsById(transcript);
        var lines = byTurns && transcript.Turns is { Count: > 0 } turns
            ? turns.Select(turn => Turn(turn, segments, audioCues, timestamps, labels))
            : transcript.Segments.Select(segment => Segment(segment, audioCues, timestamps, labels));
        return string.Join('\n', [.. header ? [Header(transcript)] : Array.Empty<string>(), .. lines.Where(line => line.Length > 0)]);
    }

    /// <summary>A whole conversation in few tokens: <c>spk_0: Good morning.</c></summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="maxTokens">Where to cut, at four characters (code points) a token, at least 1. Null, the default, does not cut.</param>
    /// <param name="labels">Names to show for speaker ids; null shows the ids.</param>
    public static string Compact(Transcript transcript, int? maxTokens = null, IReadOnlyDictionary<string, string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        if (maxTokens is { } limit)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(maxTokens));

        var lines = transcript.Turns is { Count: > 0 } turns
            ? turns.Where(turn => !string.IsNullOrWhiteSpace(turn.Text)).Select(turn => (Speaker: turn.SpeakerId, turn.Text))
            : transcript.Segments.Select(segment => (Speaker: segment.Speaker?.Id, segment.Text));
        var text = string.Join('\n', lines.Select(line => $"{Label(line.Speaker, labels) ?? "unknown"}: {line.Text.Trim()}"));
        return maxTokens is { } tokens ? Cut(text, (long)tokens * CharactersPerToken) : text;
    }

    private static string Header(Transcript transcript)
    {
        var duration = Clock(transcript.Segments.Count > 0 ? transcript.Segments[^1].End : 0);
        var speakers = transcript.Speakers is { Count: > 0 } table ? Number(table.Count) : "unknown";
        var turns = transcript.Turns is { Count: > 0 } list ? Number(list.Count) : "N/A";
        return $"Conversation: {transcript.FileName} ({transcript.Language})\nDuration: {duration} | Speakers: {speakers} | Turns: {turns}\n";
    }

    private static string Turn(
        TranscriptTurn turn, Dictionary<int, TranscriptSegment> segments, bool audioCues, bool timestamps, IReadOnlyDictionary<string, string>? labels)
    {
        var cues = audioCues ? string.Join(", ", AudioCues(turn, segments)) : "";
        return $"{Prefix(timestamps ? Clock(turn.Start) : "", Label(turn.SpeakerId, labels), cues)}{turn.Text.Trim()}".TrimEnd();
    }

    private static string Prefix(string clock, string? speaker, string cues)
    {
        var prefix = new StringBuilder();
        if (clock.Length > 0)
            prefix.Append('[').Append(clock).Append("] ");
        if (speaker is not null || cues.Length > 0)
            prefix.Append('[').AppendJoin(" | ", new[] { speaker ?? "", cues }.Where(part => part.Length > 0)).Append("] ");
        return prefix.ToString();
    }

    private static string Cut(string text, long characters)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (characters-- == 0)
                return string.Concat(text.AsSpan(0, length), Truncated);
            length += rune.Utf16SequenceLength;
        }

        return text;
    }
}
