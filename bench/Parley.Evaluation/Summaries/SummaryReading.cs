using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Parley.Evaluation.Summaries;

/// <summary>What a reader found who read every line of a summary against the transcript.</summary>
/// <param name="Meeting">The name of the meeting.</param>
/// <param name="Fingerprint">Which text was read.</param>
/// <param name="Misleading">How many of its lines say what was not said, or leave out what changes it.</param>
internal sealed record SummaryReading(string Meeting, string Fingerprint, int Misleading)
{
    private const int FingerprintLength = 12;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Returns the fingerprint of a summary: another text has another one, and was not read.</summary>
    public static string FingerprintOf(MeetingSummary meeting) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meeting.Chosen.ToString())))[..FingerprintLength];

    /// <summary>Loads the readings of a file, by meeting.</summary>
    public static Dictionary<string, SummaryReading> Load(string path) => File.ReadLines(path)
        .Select(line => JsonSerializer.Deserialize<SummaryReading>(line, Options)!).ToDictionary(reading => reading.Meeting);

    /// <summary>Writes the table of what was read.</summary>
    public static void Write(IReadOnlyList<MeetingSummary> meetings, IReadOnlyDictionary<string, SummaryReading> readings, TextWriter writer)
    {
        writer.WriteLine("| | lines | false or misleading |\n|---|---|---|");
        foreach (var meeting in meetings)
        {
            var isRead = readings.TryGetValue(meeting.Meeting, out var reading) && reading.Fingerprint == FingerprintOf(meeting);
            writer.WriteLine($"| {meeting.Meeting} | {Lines(meeting)} | {(isRead ? $"{reading!.Misleading}" : "not read since it changed")} |");
        }
    }

    private static int Lines(MeetingSummary meeting) =>
        meeting.Chosen.Points.Count + meeting.Chosen.Decisions.Count + meeting.Chosen.Actions.Count;
}
