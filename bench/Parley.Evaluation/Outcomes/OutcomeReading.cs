using System.Text.Json;
using Parley.Protocol;
using Parley.Semantics.Outcomes;

namespace Parley.Evaluation.Outcomes;

/// <summary>A line to read: a segment of a meeting, or a written line of a scene.</summary>
/// <param name="Group">The meeting or the scene.</param>
/// <param name="SpeakerId">Who says it.</param>
/// <param name="Text">What is said.</param>
internal sealed record Line(string Group, string SpeakerId, string Text)
{
    /// <summary>Reads lines from a file of JSON Lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="group">The field that names the group.</param>
    public static List<Line> Load(string path, string group) =>
        [.. File.ReadLines(path).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            string Field(string name) => json.RootElement.GetProperty(name).GetString()!;
            return new Line(Field(group), Field("speaker_id"), Field("text"));
        })];
}

/// <summary>Reads lines in order, each group as one conversation.</summary>
internal static class OutcomeReading
{
    /// <summary>Returns every outcome with the number of the line that it quotes, from 0.</summary>
    public static List<(int Line, Outcome Outcome)> Read(IReadOnlyList<Line> lines)
    {
        var found = new Dictionary<string, (int Line, Outcome Outcome)>();
        var history = OutcomeHistory.Empty;
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0 && lines[i].Group != lines[i - 1].Group) history = OutcomeHistory.Empty;
            var said = new SaidSegment($"{i}", lines[i].SpeakerId, lines[i].Text);
            var outcomes = OutcomeReader.Read(said, history);
            foreach (var outcome in outcomes) found[outcome.Id] = (int.Parse(outcome.SegmentId, null), outcome);
            history = history.After(said, outcomes);
        }

        return [.. found.Values.OrderBy(at => at.Line)];
    }
}
