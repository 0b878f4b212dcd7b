using System.Text.Json.Nodes;
using Parley.Semantics;

namespace Parley.Tests.Semantics;

/// <summary>The figures in bench/results/intents.md hold: on the half of the utterances that no rule and no weight has seen.</summary>
public sealed class IntentMeasureTests
{
    private static readonly string[] Questions = [Intents.Question, Intents.Clarification];
    private static readonly string[] Actions = [Intents.ActionItem, Intents.Commitment];

    [Theory]
    [InlineData("plain", null, 0.47, 0.36)]
    [InlineData("text", true, 0.915, 0.36)]
    public void Questions_and_actions_are_found(string field, bool? punctuated, double questions, double actions)
    {
        var utterances = HeldOut();
        var annotator = new KeywordSemanticAnnotator(new SemanticConfig { Punctuated = punctuated });
        var pairs = utterances.Select(u => (Is: (string)u["intent"]!, Given: annotator.ClassifyIntent((string)u[field]!).Intent)).ToArray();
        Assert.InRange(F1(pairs, Questions), questions, 1);
        Assert.InRange(F1(pairs, Actions), actions, 1);
    }

    private static double F1(IReadOnlyCollection<(string Is, string Given)> pairs, string[] of) =>
        2.0 * pairs.Count(p => of.Contains(p.Is) && of.Contains(p.Given)) / (pairs.Count(p => of.Contains(p.Is)) + pairs.Count(p => of.Contains(p.Given)));

    private static IReadOnlyList<JsonNode> HeldOut()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "shared", "data", "icsi", "intents-dev.jsonl");
            if (!File.Exists(path)) continue;
            var lines = File.ReadAllLines(path);
            return [.. lines.Skip(lines.Length / 2).Select(line => JsonNode.Parse(line)!)];
        }

        Assert.Skip("There is no shared/data/icsi/intents-dev.jsonl beside the checkout.");
        return [];
    }
}
