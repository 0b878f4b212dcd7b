using System.Globalization;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Evaluation;

/// <summary>How right the intents are on meetings that are kept back: nothing was fitted to them, and nothing chosen by them.</summary>
internal sealed class IntentReport(IReadOnlyList<Labelled> segments, IReadOnlyList<Labelled> utterances, IntentModel model)
{
    private static readonly string[] Questions = [Intents.Question, Intents.Clarification];
    private static readonly string[] Actions = [Intents.ActionItem, Intents.Commitment];
    private static readonly string[] Agreements = [Intents.Agreement];

    // What the rules of version 4 gave, measured in the same way.
    private static readonly double[] Before = [0.405, 0.339, 0.248, 0.514, 0.399, 0.296, 0.917];

    private static readonly double[] Goals = [0.55, 0.38, 0.42, 0.59, 0.42, 0.44, 0.915];

    /// <summary>Writes the report.</summary>
    public void Write(TextWriter writer)
    {
        var ofSegments = new Reading("segments", segments, AnnotateSegments());
        var raw = new Reading("utterances, raw, as a conversation", utterances, Classify(label => label.Plain, isConversation: true, punctuated: null));
        var punctuated = new Reading("utterances, punctuated", utterances, Classify(label => label.Text, isConversation: false, punctuated: true));
        Reading[] details =
        [
            ofSegments,
            raw,
            new("utterances, raw, each alone", utterances, Classify(label => label.Plain, isConversation: false, punctuated: null)),
            new("utterances, punctuated, as a conversation", utterances, Classify(label => label.Text, isConversation: true, punctuated: null)),
            punctuated,
        ];

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            # Intents, measured

            `dotnet run --project bench/Parley.Evaluation -c Release` writes this file; with `-- train` it fits the weights first.

            {segments.Count:N0} segments that Parley made of twelve meetings (segments-dev.jsonl of shared/data/icsi), and the {utterances.Count:N0} utterances of these
            meetings (intents-dev.jsonl). The weights were fitted to 51 other meetings, and the thresholds chosen by cross-validation over those. The figures of
            these twelve were seen while the features and the number of averaged orders were chosen: a difference of a few thousandths says nothing.
            A text has an intent if it is among its `intents`. A question is a question or a clarification, an action an action item
            or a commitment. "As a conversation" is with what came before, as a stream is read. Segments are always read so.

            | F1 | before | now | at least |
            |---|---|---|---|
            """));
        (string Name, Measure Now)[] figures =
        [
            .. Groups(ofSegments).Select(row => ($"segments: {row.Name}", row.Measure)),
            .. Groups(raw).Select(row => ($"utterances, raw, as a conversation: {row.Name}", row.Measure)),
            ("utterances, punctuated: questions", Groups(punctuated).First().Measure),
        ];
        foreach (var ((name, now), before, goal) in figures.Zip(Before, Goals))
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {before:F3} | **{now.F1:F3}** | {goal} |"));
        writer.WriteLine("""

            "Before" is version 4 of the rules, measured in the same way on the second half of these segments and utterances: its weights were fitted to the first.
            """);

        foreach (var reading in details) WriteDetails(reading, writer);
    }

    private static void WriteDetails(Reading reading, TextWriter writer)
    {
        writer.WriteLine($"\n## {char.ToUpperInvariant(reading.Name[0])}{reading.Name[1..]}\n");
        writer.WriteLine("| | F1 (precision, recall) |");
        writer.WriteLine("|---|---|");
        foreach (var (name, measure) in Groups(reading)) writer.WriteLine($"| **{name}** | {measure} |");
        if (reading.Labelled[0].IsSegment) return;
        foreach (var kind in Questions.Concat(Actions)) writer.WriteLine($"| {kind} | {Measure.Of(reading.Labelled, reading.Given, kind)} |");
    }

    private static IEnumerable<(string Name, Measure Measure)> Groups(Reading reading) =>
    [
        ("questions", Measure.Of(reading.Labelled, reading.Given, Questions)),
        ("actions", Measure.Of(reading.Labelled, reading.Given, Actions)),
        ("agreement", Measure.Of(reading.Labelled, reading.Given, Agreements)),
    ];

    private IReadOnlyList<string>[] AnnotateSegments()
    {
        var annotator = new KeywordSemanticAnnotator { Model = model };
        var history = new MeetingHistory(label => label.Plain);
        return
        [
            .. segments.Select(segment =>
                annotator.Annotate(new StreamSegment(segment.Start, segment.End, segment.Plain, segment.SpeakerId), history.Next(segment)).Intents),
        ];
    }

    private IReadOnlyList<string>[] Classify(Func<Labelled, string> read, bool isConversation, bool? punctuated)
    {
        var annotator = new KeywordSemanticAnnotator(new SemanticConfig { Punctuated = punctuated }) { Model = model };
        var history = new MeetingHistory(read);
        return [.. utterances.Select(utterance => annotator.ClassifyIntent(read(utterance), isConversation ? history.Next(utterance) : default).Intents)];
    }

    private sealed record Reading(string Name, IReadOnlyList<Labelled> Labelled, IReadOnlyList<IReadOnlyList<string>> Given);
}
