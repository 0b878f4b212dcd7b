namespace Parley.Context;

/// <summary>The three headings of a final summary in English, whoever writes it. Other languages have their own.</summary>
public static class SummaryHeadings
{
    /// <summary>What it was about.</summary>
    public const string Topics = "Main topics discussed";

    /// <summary>What was settled.</summary>
    public const string Decisions = "Key decisions made";

    /// <summary>Who will do what.</summary>
    public const string Actions = "Action items identified";
}
