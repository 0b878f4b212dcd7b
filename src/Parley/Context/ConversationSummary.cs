namespace Parley.Context;

/// <summary>A summary made of what was said. <see cref="ToString"/> gives it as Markdown.</summary>
/// <param name="Topics">The terms the conversation is about, the most telling first.</param>
/// <param name="Points">What was said about them, in order.</param>
/// <param name="Decisions">What was settled, as far as rules tell, in order; under the name of the one who said it.</param>
/// <param name="Actions">What is to be done, as far as rules tell, in order; under the name of the one who will do it.</param>
public sealed record ConversationSummary(
    IReadOnlyList<string> Topics, IReadOnlyList<SummaryPoint> Points, IReadOnlyList<SummaryPoint> Decisions, IReadOnlyList<SummaryPoint> Actions)
{
    /// <summary>The summary as Markdown under three headings; "None found." stands under an empty one.</summary>
    public override string ToString()
    {
        var topics = Topics.Count == 0 ? [] : new[] { $"{string.Join(", ", Topics)}." };
        return string.Join("\n\n", [
            Section(SummaryHeadings.Topics, [.. topics, .. List(Points)]),
            Section(SummaryHeadings.CandidateDecisions, List(Decisions)),
            Section(SummaryHeadings.CandidateActions, List(Actions)),
        ]) + "\n";
    }

    private static string Section(string heading, string[] blocks) =>
        $"## {heading}\n\n{(blocks.Length == 0 ? "None found." : string.Join("\n\n", blocks))}";

    private static string[] List(IReadOnlyList<SummaryPoint> points) => points.Count == 0 ? [] : [string.Join('\n', points.Select(point => $"- {point}"))];
}
