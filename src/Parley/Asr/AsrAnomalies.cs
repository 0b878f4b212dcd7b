namespace Parley.Asr;

/// <summary>The names of anomalies in reports.</summary>
public static class AsrAnomalies
{
    private static readonly string[] Names =
    [
        "malformed", "unknown_message", "recogniser_error", "repeated", "restated", "changed_after_final", "stale", "late", "times_repaired",
        "clock_restarted", "messages_missing", "wait_ended", "overflow",
    ];

    /// <summary>How many kinds there are.</summary>
    public static int Count => Names.Length;

    /// <summary>The name in reports, in snake case.</summary>
    public static string WireName(this AsrAnomaly anomaly) => Names[(int)anomaly];
}
