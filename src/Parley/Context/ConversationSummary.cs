using Parley.Languages;

namespace Parley.Context;

/// <summary>A summary made of what was said. <see cref="ToString()"/> gives it as Markdown.</summary>
/// <param name="Topics">The terms the conversation is about, the most telling first.</param>
/// <param name="Points">What was said about them, in order.</param>
/// <param name="Decisions">What was settled, as far as rules tell, in order; under the name of the one who said it.</param>
/// <param name="Actions">What is to be done, as far as rules tell, in order; under the name of the one who will do it.</param>
public sealed record ConversationSummary(
    IReadOnlyList<string> Topics, IReadOnlyList<SummaryPoint> Points, IReadOnlyList<SummaryPoint> Decisions, IReadOnlyList<SummaryPoint> Actions)
{
    /// <summary>The summary as Markdown under the three headings of a final summary; "None found." stands under an empty one.</summary>
    public override string ToString() => ToString(LanguageTable.English);

    /// <summary>The same with headings and built-in sentences in a language. Where the rules do not know it, the summary says so.</summary>
    /// <param name="language">The language.</param>
    public string ToString(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var topics = Topics.Count == 0 ? [] : new[] { $"{string.Join(", ", Topics)}." };
        var noneFound = language.HasIntents ? language.Nothing : language.ModelOnly;
        return string.Join("\n\n", [
            Section(language.Topics, [.. topics, .. List(Points)], language.Nothing),
            Section(language.HasIntents ? SummaryHeadings.CandidateDecisions : language.Decisions, List(Decisions), noneFound),
            Section(language.HasIntents ? SummaryHeadings.CandidateActions : language.Actions, List(Actions), noneFound),
        ]) + "\n";
    }

    private static string Section(string heading, string[] blocks, string nothing) =>
        $"## {heading}\n\n{(blocks.Length == 0 ? nothing : string.Join("\n\n", blocks))}";

    private static string[] List(IReadOnlyList<SummaryPoint> points) => points.Count == 0 ? [] : [string.Join('\n', points.Select(point => $"- {point}"))];
}
