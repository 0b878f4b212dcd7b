namespace Parley.Context;

/// <summary>The headings of a final summary in English. Other languages have their own.</summary>
public static class SummaryHeadings
{
    /// <summary>What it was about.</summary>
    public const string Topics = "Main topics discussed";

    /// <summary>What was settled.</summary>
    public const string Decisions = "Key decisions made";

    /// <summary>Who will do what.</summary>
    public const string Actions = "Action items identified";

    /// <summary>What rules took for settled, where no model has read it.</summary>
    public const string CandidateDecisions = "Candidate decisions";

    /// <summary>What rules took for a task, where no model has read it.</summary>
    public const string CandidateActions = "Candidate action items";
}
