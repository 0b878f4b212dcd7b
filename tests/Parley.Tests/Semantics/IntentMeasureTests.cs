using System.Text.Json.Nodes;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Tests.Semantics;

/// <summary>The figures in bench/results/intents.md hold, on meetings that no weight was fitted to.</summary>
public sealed class IntentMeasureTests
{
    private const double MaxGapSec = 1;

    private static readonly string[] Questions = [Intents.Question, Intents.Clarification];
    private static readonly string[] Actions = [Intents.ActionItem, Intents.Commitment];
    private static readonly string[] Agreements = [Intents.Agreement];

    [Fact]
    public void In_the_segments_of_a_stream()
    {
        var annotator = new KeywordSemanticAnnotator();
        var history = new IntentHistory();
        var latest = new Dictionary<(string Meeting, string Speaker), (double End, string Text)>();
        var segments = Read("segments-dev.jsonl");
        var given = new List<IReadOnlyList<string>>();
        foreach (var segment in segments)
        {
            var (start, end, text) = ((double)segment["start"]!, (double)segment["end"]!, (string)segment["text"]!);
            var speaker = ((string)segment["meeting"]!, (string)segment["speaker_id"]!);
            var continued = latest.TryGetValue(speaker, out var before) && start - before.End <= MaxGapSec ? before.Text : null;
            given.Add(annotator.Annotate(new StreamSegment(start, end, text), history.Before(speaker.Item2, continued)).Intents);
            latest[speaker] = (end, text);
            history = history.After(text, speaker.Item2);
        }

        Assert.InRange(F1(segments, given, Questions, segment => (bool)segment["question"]!), 0.55, 1);
        Assert.InRange(F1(segments, given, Actions, segment => (bool)segment["action"]!), 0.38, 1);
        Assert.InRange(F1(segments, given, Agreements, segment => (bool)segment["agreement"]!), 0.42, 1);
    }

    [Fact]
    public void In_raw_utterances_of_a_conversation()
    {
        var annotator = new KeywordSemanticAnnotator();
        var history = new IntentHistory();
        var utterances = Read("intents-dev.jsonl");
        var given = new List<IReadOnlyList<string>>();
        foreach (var utterance in utterances)
        {
            var (text, speaker) = ((string)utterance["plain"]!, (string)utterance["speaker_id"]!);
            given.Add(annotator.ClassifyIntent(text, history.Before(speaker)).Intents);
            history = history.After(text, speaker);
        }

        Assert.InRange(F1(utterances, given, Questions), 0.59, 1);
        Assert.InRange(F1(utterances, given, Actions), 0.42, 1);
        Assert.InRange(F1(utterances, given, Agreements), 0.44, 1);
    }

    [Fact]
    public void In_punctuated_utterances()
    {
        var annotator = new KeywordSemanticAnnotator(new SemanticConfig { Punctuated = true });
        var utterances = Read("intents-dev.jsonl");
        var given = utterances.Select(utterance => annotator.ClassifyIntent((string)utterance["text"]!).Intents);
        Assert.InRange(F1(utterances, given, Questions), 0.915, 1);
    }

    private static double F1(IReadOnlyList<JsonNode> utterances, IEnumerable<IReadOnlyList<string>> given, string[] of) =>
        F1(utterances, given, of, utterance => of.Contains((string)utterance["intent"]!));

    private static double F1(IReadOnlyList<JsonNode> texts, IEnumerable<IReadOnlyList<string>> given, string[] of, Func<JsonNode, bool> isLabelled)
    {
        var pairs = texts.Zip(given, (text, intents) => (IsLabelled: isLabelled(text), IsGiven: intents.Any(of.Contains))).ToArray();
        return 2.0 * pairs.Count(pair => pair.IsLabelled && pair.IsGiven) / (pairs.Count(pair => pair.IsLabelled) + pairs.Count(pair => pair.IsGiven));
    }

    private static IReadOnlyList<JsonNode> Read(string name)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "shared", "data", "icsi", name);
            if (File.Exists(path)) return [.. File.ReadLines(path).Select(line => JsonNode.Parse(line)!)];
        }

        Assert.Skip($"There is no shared/data/icsi/{name} beside the checkout.");
        return [];
    }
}
