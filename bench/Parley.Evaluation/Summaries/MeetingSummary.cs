using System.Text.Json;
using Parley.Context;

namespace Parley.Evaluation.Summaries;

/// <summary>A meeting with the summary that is chosen from it and the one that people wrote.</summary>
/// <param name="Meeting">The name of the meeting.</param>
/// <param name="Chosen">What is chosen from it without a model.</param>
/// <param name="Written">What people wrote.</param>
internal sealed record MeetingSummary(string Meeting, ConversationSummary Chosen, string Written)
{
    /// <summary>Gets the words of the topics and of what was said about them.</summary>
    public List<string> TopicWords => Rouge.Words(string.Join('\n', [.. Chosen.Topics, .. Texts(Chosen.Points)]));

    /// <summary>Gets the words of the whole, without headings, times and names.</summary>
    public List<string> Words => [.. TopicWords, .. Rouge.Words(string.Join('\n', [.. Texts(Chosen.Decisions), .. Texts(Chosen.Actions)]))];

    /// <summary>Gets the words of the one that people wrote.</summary>
    public List<string> WrittenWords => Rouge.Words(Written);

    /// <summary>Reads the meetings of a folder.</summary>
    /// <param name="folder">Where the chunks and the written summaries are.</param>
    public static List<MeetingSummary> Load(string folder) => [.. File.ReadLines(Path.Combine(folder, "summaries.jsonl")).Select(line =>
    {
        using var json = JsonDocument.Parse(line);
        var (meeting, written) = (json.RootElement.GetProperty("meeting").GetString()!, json.RootElement.GetProperty("summary").GetString()!);
        var segments = MeetingSegments.Read(Path.Combine(folder, $"{meeting}.chunks.jsonl"), meeting);
        return new MeetingSummary(meeting, ExtractiveSummarizer.Summarize(segments), written);
    })];

    private static IEnumerable<string> Texts(IEnumerable<SummaryPoint> points) => points.Select(point => point.Text);
}
