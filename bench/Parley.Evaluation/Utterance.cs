using System.Text.Json;

namespace Parley.Evaluation;

/// <summary>One labelled utterance of a recorded meeting.</summary>
internal sealed record Utterance(string SpeakerId, string Text, string Plain, string Intent)
{
    public static IReadOnlyList<Utterance> Load(string path) =>
        [.. File.ReadLines(path).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            string Field(string name) => json.RootElement.GetProperty(name).GetString()!;
            return new Utterance(Field("speaker_id"), Field("text"), Field("plain"), Field("intent"));
        })];
}
