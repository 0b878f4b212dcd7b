namespace Parley.Telemetry;

/// <summary>What became of a chunk.</summary>
public enum ChunkOutcome
{
    /// <summary>It is in the log.</summary>
    Accepted,

    /// <summary>It was there already.</summary>
    Duplicate,

    /// <summary>It broke a rule or was ahead of a hole.</summary>
    Refused,
}
