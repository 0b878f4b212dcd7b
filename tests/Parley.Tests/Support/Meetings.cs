using System.Text.Json.Nodes;
using Parley.Streaming;

namespace Parley.Tests.Support;

/// <summary>Recorded meetings beside the checkout, where there are any.</summary>
internal static class Meetings
{
    public static IReadOnlyList<string> All()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var icsi = Path.Combine(directory.FullName, "shared", "data", "icsi");
            if (Directory.Exists(icsi)) return [.. Directory.GetFiles(icsi, "*.chunks.jsonl").Order(StringComparer.Ordinal)];
        }
        return [];
    }

    public static IEnumerable<StreamChunk> Read(string meeting) => File.ReadLines(meeting).Select(line =>
    {
        var chunk = JsonNode.Parse(line)!;
        return new StreamChunk((double)chunk["start"]!, (double)chunk["end"]!, (string)chunk["text"]!, (string?)chunk["speaker_id"]);
    });
}
