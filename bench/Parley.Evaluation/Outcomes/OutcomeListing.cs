using Parley.Protocol;

namespace Parley.Evaluation.Outcomes;

/// <summary>Lists what the rules find in a file of segments, for a person to read.</summary>
internal static class OutcomeListing
{
    public static void Write(string path, string group, TextWriter writer)
    {
        var lines = Line.Load(path, group);
        var found = OutcomeReading.Read(lines);
        foreach (var (line, outcome) in found)
        {
            var kind = outcome.Kind == OutcomeKinds.Decision ? "D" : "A";
            writer.WriteLine($"{kind} {lines[line].Group} {lines[line].SpeakerId} who={outcome.Who ?? "-"} due={outcome.Due ?? "-"} \"{outcome.What}\" | {lines[line].Text}");
        }

        writer.WriteLine($"{lines.Count} lines, {found.Count(at => at.Outcome.Kind == OutcomeKinds.Decision)} decisions, {found.Count(at => at.Outcome.Kind == OutcomeKinds.ActionItem)} action items");
    }
}
