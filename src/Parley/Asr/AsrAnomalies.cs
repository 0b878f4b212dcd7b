namespace Parley.Asr;

/// <summary>The names of anomalies in reports, and what they mean for the text that they are about.</summary>
public static class AsrAnomalies
{
    private static readonly string[] Names =
    [
        "malformed", "unknown_message", "recogniser_error", "repeated", "restated", "revised", "changed_after_final", "possible_repeat",
        "withdrawn", "stale", "times_repaired", "times_out_of_place", "absolute_times", "clock_restarted",
        "messages_missing", "wait_ended", "overflow", "speaker_smoothed",
    ];

    /// <summary>How many kinds there are.</summary>
    public static int Count => Names.Length;

    /// <summary>The name in reports, in snake case.</summary>
    public static string WireName(this AsrAnomaly anomaly) => Names[(int)anomaly];

    /// <summary>Whether the text in <see cref="AsrOutput.Chunk"/> was left out because of it.</summary>
    public static bool LeavesOut(this AsrAnomaly anomaly) => anomaly is AsrAnomaly.Repeated or AsrAnomaly.Restated or AsrAnomaly.Revised
        or AsrAnomaly.ChangedAfterFinal or AsrAnomaly.Withdrawn or AsrAnomaly.Stale or AsrAnomaly.Overflow;
}
