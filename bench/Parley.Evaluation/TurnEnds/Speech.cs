using System.Text.Json;

namespace Parley.Evaluation.TurnEnds;

/// <summary>What somebody said in a recorded meeting, without a pause that the data show.</summary>
internal sealed record Speech(string SpeakerId, double Start, double End, string Text)
{
    // More words a second than people say: the times are those of a part of the words.
    private const double MaxWordsPerSec = 7;

    /// <summary>Gets the number of words.</summary>
    public int Words { get; } = Text.Count(c => c == ' ') + 1;

    /// <summary>Gets whether the words have room between start and end.</summary>
    public bool IsTimed => Words <= 4 || Words <= MaxWordsPerSec * (End - Start);

    /// <summary>The utterances of each meeting of a file, in the order of the file. Utterances with the same times are one.</summary>
    public static IReadOnlyList<IReadOnlyList<Speech>> LoadUtterances(string path) =>
        [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(line => line.GetProperty("meeting").GetString())
            .Select(meeting => meeting.Select(line => Read(line, "plain")).GroupBy(said => (said.SpeakerId, said.Start, said.End))
                .Select(same => same.First() with { Text = string.Join(' ', same.Select(said => said.Text)) }).ToList())];

    /// <summary>The chunks of each meeting of a folder.</summary>
    public static IReadOnlyList<IReadOnlyList<Speech>> LoadChunks(string folder) =>
        [.. Directory.GetFiles(folder, "*.chunks.jsonl").Order(StringComparer.Ordinal)
            .Select(path => File.ReadLines(path).Select(line => Read(JsonDocument.Parse(line).RootElement, "text")).ToList())];

    private static Speech Read(JsonElement line, string text) => new(
        line.GetProperty("speaker_id").GetString()!,
        line.GetProperty("start").GetDouble(),
        line.GetProperty("end").GetDouble(),
        line.GetProperty(text).GetString()!);
}
