namespace Parley.Protocol;

/// <summary>The values of <see cref="SummaryPayload.Kind"/>.</summary>
public static class SummaryKinds
{
    /// <summary>Covers what was said since the summary before it.</summary>
    public const string Incremental = "incremental";

    /// <summary>Made once, at the end of the conversation.</summary>
    public const string Final = "final";
}
