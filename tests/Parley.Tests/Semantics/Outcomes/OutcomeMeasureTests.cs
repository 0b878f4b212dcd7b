using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Semantics.Outcomes;
using Parley.Tests.Support;

namespace Parley.Tests.Semantics.Outcomes;

/// <summary>The figures in bench/results/outcomes.md hold: on lines that were labelled before the rules were written.</summary>
public sealed class OutcomeMeasureTests
{
    private static readonly string Labels = Repository.At("bench", "Parley.Evaluation", "labels");

    [Theory]
    [InlineData(OutcomeKinds.Decision, "decision")]
    [InlineData(OutcomeKinds.ActionItem, "action")]
    public void Of_the_written_lines_seven_in_ten_that_are_found_are_right(string kind, string label)
    {
        var lines = Lines(Path.Combine(Labels, "lines.jsonl"), "scene");
        var found = Found(lines, kind);
        Assert.InRange(Precision([.. found.Select(place => $"c{place + 1:000}")], label), 0.7, 1);
    }

    [Fact]
    public void So_are_those_of_all_lines_with_the_segments_of_meetings()
    {
        var path = Repository.At("..", "shared", "data", "icsi", "segments-dev.jsonl");
        if (!File.Exists(path)) Assert.Skip("The segments of the recorded meetings are not on this machine.");
        var drawn = JsonNode.Parse(File.ReadAllText(Path.Combine(Labels, "draw.json")))!.AsArray().Select(place => (int)place!).ToList();
        var (meetings, written) = (Lines(path, "meeting"), Lines(Path.Combine(Labels, "lines.jsonl"), "scene"));
        foreach (var (kind, label) in new[] { (OutcomeKinds.Decision, "decision"), (OutcomeKinds.ActionItem, "action") })
        {
            var segments = Found(meetings, kind).Where(drawn.Contains).Select(place => $"s{drawn.IndexOf(place) + 1:000}");
            Assert.InRange(Precision([.. segments, .. Found(written, kind).Select(place => $"c{place + 1:000}")], label), 0.7, 1);
        }
    }

    private static double Precision(List<string> found, string label) => (double)found.Count(Label(label).Contains) / found.Count;

    // Both readers say so.
    private static HashSet<string> Label(string label) =>
        [.. Yes("labels-A.jsonl", label).Intersect(Yes("labels-B.jsonl", label))];

    private static IEnumerable<string> Yes(string file, string label) => File.ReadLines(Path.Combine(Labels, file))
        .Select(line => JsonNode.Parse(line)!).Where(line => (bool)line[label]!).Select(line => (string)line["id"]!);

    private static List<(string Group, string Speaker, string Text)> Lines(string path, string group) => [.. File.ReadLines(path)
        .Select(line => JsonNode.Parse(line)!).Select(line => ((string)line[group]!, (string)line["speaker_id"]!, (string)line["text"]!))];

    private static HashSet<int> Found(List<(string Group, string Speaker, string Text)> lines, string kind)
    {
        var (history, found) = (OutcomeHistory.Empty, new HashSet<int>());
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0 && lines[i].Group != lines[i - 1].Group) history = OutcomeHistory.Empty;
            var said = new SaidSegment(SegmentId.From(i), lines[i].Speaker, lines[i].Text);
            var outcomes = OutcomeReader.Read(said, history);
            found.UnionWith(outcomes.Where(outcome => outcome.Kind == kind).Select(outcome => (int)SegmentId.Parse(outcome.SegmentId)));
            history = history.After(said, outcomes);
        }

        return found;
    }
}
