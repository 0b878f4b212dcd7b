using System.Globalization;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Evaluation.Outcomes;

/// <summary>
/// How right the rules for decisions and action items are, on lines that two readers labelled before the rules were written.
/// </summary>
internal static class OutcomeReport
{
    private static readonly (string Kind, string Label, string Name)[] Kinds =
        [(OutcomeKinds.Decision, "decision", "decisions"), (OutcomeKinds.ActionItem, "action", "action items")];

    /// <summary>Writes the report.</summary>
    /// <param name="folder">Where the labelled lines are.</param>
    /// <param name="segments">The segments of the meetings; null where they are absent.</param>
    /// <param name="writer">Takes the report.</param>
    public static void Write(string folder, string? segments, TextWriter writer)
    {
        var written = LabelledLines.Written(folder);
        var meetings = segments is null ? null : LabelledLines.Meetings(folder, segments);
        writer.WriteLine("""
            # Decisions and action items, measured

            `dotnet run --project bench/Parley.Evaluation -c Release -- outcomes` writes this file.

            Two readers labelled the same lines before any rule was written, each alone, by `bench/Parley.Evaluation/labels/GUIDE.md`: 100 lines of
            calls, interviews and meetings that were written for it, and 300 segments of at least five words, drawn at random from six recorded
            meetings that no rule was tuned on (`random.Random(20261128).sample` in Python). A line counts as found where the rules quote it. The
            rules read each meeting and each scene from its beginning, without a model.

            The rules were first measured as they were written: 6 decisions found, 0.83 of them right, and 11 action items, 0.82. Version 6 leaves out
            more kinds of sentences, which reading other meetings and made-up sentences had shown; its figures are below. The labels were not looked
            at, and nothing was tuned on these lines.
            """);
        Section("The 100 written lines", written, writer);
        if (meetings is null)
        {
            writer.WriteLine("\nThe meetings are not on this machine.");
            return;
        }

        Section("The 300 segments of meetings", meetings, writer);
        Section("All 400", [.. written, .. meetings], writer);
    }

    private static void Section(string name, IReadOnlyList<LabelledLine> lines, TextWriter writer)
    {
        writer.WriteLine($"\n## {name}\n\n| | labelled (A, B) | both agree on | kappa | found | precision (A, B) | recall (A, B) |\n|---|---|---|---|---|---|---|");
        foreach (var (kind, label, shown) in Kinds)
        {
            var marks = lines.Select(line => (A: line.A.Contains(label), B: line.B.Contains(label), Found: line.Found.Contains(kind))).ToList();
            var (a, b, found) = (marks.Count(m => m.A), marks.Count(m => m.B), marks.Count(m => m.Found));
            var same = marks.Count(m => m.A == m.B);
            var (hitsA, hitsB) = (marks.Count(m => m.A && m.Found), marks.Count(m => m.B && m.Found));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {shown} | {a}, {b} | {same} of {marks.Count} | {Kappa(marks.Count, a, b, same):F2} | {found} | {Share(hitsA, found)}, {Share(hitsB, found)} | {Share(hitsA, a)}, {Share(hitsB, b)} |"));
        }
    }

    private static string Share(int part, int whole) => whole == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{(double)part / whole:F2}");

    private static double Kappa(int lines, int a, int b, int same)
    {
        var (observed, chance) = ((double)same / lines, (((double)a * b) + ((double)(lines - a) * (lines - b))) / ((double)lines * lines));
        return chance == 1 ? 1 : (observed - chance) / (1 - chance);
    }
}

/// <summary>A line with what each reader says of it, and what the rules found in it.</summary>
internal sealed record LabelledLine(IReadOnlySet<string> A, IReadOnlySet<string> B, IReadOnlySet<string> Found);

/// <summary>Reads the labelled lines, and what the rules find in them.</summary>
internal static class LabelledLines
{
    /// <summary>Returns the written lines.</summary>
    public static List<LabelledLine> Written(string folder)
    {
        var path = Path.Combine(folder, "lines.jsonl");
        var ids = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();
        return Join(folder, ids, [.. Enumerable.Range(0, ids.Count)], Line.Load(path, "scene"));
    }

    /// <summary>Returns the segments that were drawn from meetings.</summary>
    public static List<LabelledLine> Meetings(string folder, string segments)
    {
        var drawn = JsonSerializer.Deserialize<int[]>(File.ReadAllText(Path.Combine(folder, "draw.json")))!;
        var ids = Enumerable.Range(1, drawn.Length).Select(number => string.Create(CultureInfo.InvariantCulture, $"s{number:000}")).ToList();
        return Join(folder, ids, drawn, Line.Load(segments, "meeting"));
    }

    private static List<LabelledLine> Join(string folder, List<string> ids, int[] places, List<Line> lines)
    {
        var (a, b) = (Labels(Path.Combine(folder, "labels-A.jsonl")), Labels(Path.Combine(folder, "labels-B.jsonl")));
        var found = OutcomeReading.Read(lines).ToLookup(at => at.Line, at => at.Outcome.Kind);
        return [.. ids.Select((id, i) => new LabelledLine(a[id], b[id], found[places[i]].ToHashSet()))];
    }

    private static Dictionary<string, HashSet<string>> Labels(string path) => File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
        label => label.GetProperty("id").GetString()!,
        label => new[] { "decision", "action" }.Where(kind => label.GetProperty(kind).GetBoolean()).ToHashSet());
}
