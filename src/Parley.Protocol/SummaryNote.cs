namespace Parley.Protocol;

/// <summary>Says in a sentence who wrote a summary.</summary>
public static class SummaryNote
{
    /// <summary>Returns the sentence; null for a summary of an older server, which does not say.</summary>
    public static string? Of(SummaryPayload summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return summary.Author switch
        {
            SummaryAuthors.Model => summary.Model is null ? "Written by a model." : $"Written by the model {summary.Model}.",
            SummaryAuthors.Extractive => $"Chosen from what was said, without a model{Why(summary.Reason)}.",
            _ => null,
        };
    }

    private static string Why(string? reason) => reason switch
    {
        SummaryReasons.Late => ": it had not answered yet",
        SummaryReasons.Failed => ": it did not work",
        SummaryReasons.Budget => ": the budget is used up",
        SummaryReasons.NothingSaid => ": nothing was said",
        _ => "",
    };
}
