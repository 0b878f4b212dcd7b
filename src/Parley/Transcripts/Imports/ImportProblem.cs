namespace Parley.Transcripts;

/// <summary>Something that was out of order in a finished transcript.</summary>
/// <param name="Anomaly">What it was.</param>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Detail">More about it, for people; never what was said. Null where there is no more.</param>
public sealed record ImportProblem(ImportAnomaly Anomaly, long Line, string? Detail = null)
{
    /// <summary>Gets the anomaly's name in reports, in snake case.</summary>
    public string Kind => ImportProblems.NameOf(Anomaly);

    /// <summary>Gets whether text was left out.</summary>
    public bool LeavesOut => Anomaly is ImportAnomaly.Malformed;
}
