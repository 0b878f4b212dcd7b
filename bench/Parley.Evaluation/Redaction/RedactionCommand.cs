using Parley.Redaction;

namespace Parley.Evaluation.Redaction;

/// <summary><c>redaction</c> measures redaction on labelled lines, <c>redaction list</c> writes the lines that are wrong.</summary>
internal static class RedactionCommand
{
    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is not ([] or ["list"]))
        {
            Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release -- redaction [list]");
            return 2;
        }

        var lines = RedactionLine.Read(Path.Combine(Repository.Root, "bench/Parley.Evaluation/labels/redaction-blind.jsonl"));
        var redactor = new Redactor();
        var results = lines.Select(line => (Line: line, Clean: redactor.Redact(line.Text))).ToList();
        if (args is ["list"])
        {
            foreach (var (line, clean) in results.Where(result => !result.Line.IsRight(result.Clean))) Console.WriteLine($"{line.Text}\n  {clean}");
            return 0;
        }

        Console.WriteLine("| language | must go | gone | must stay | taken | recall | precision |\n|---|---|---|---|---|---|---|");
        foreach (var language in results.GroupBy(result => result.Line.Language)) Write(language.Key, [.. language]);
        Write("all", results);
        return 0;
    }

    private static void Write(string name, List<(RedactionLine Line, string Clean)> results)
    {
        var mustGo = results.Where(result => result.Line.Remove.Count > 0).ToList();
        var gone = mustGo.Count(result => result.Line.IsRight(result.Clean));
        var taken = results.Count(result => result.Line.Remove.Count == 0 && !result.Line.IsRight(result.Clean));
        var recall = (double)gone / mustGo.Count;
        var precision = (double)gone / (gone + taken);
        FormattableString row = $"| {name} | {mustGo.Count} | {gone} | {results.Count - mustGo.Count} | {taken} | {recall:F3} | {precision:F3} |";
        Console.WriteLine(FormattableString.Invariant(row));
    }
}
