namespace Parley.AspNetCore.Observability;

/// <summary>What a look at a server saw.</summary>
/// <param name="LogProblem">Why the log cannot be written; null if it can.</param>
/// <param name="FreeBytes">Free space on the disk of the data folder; null where there is none.</param>
/// <param name="MinFreeBytes">The least there should be.</param>
/// <param name="HasResumed">Whether the conversations that had not ended are back.</param>
/// <param name="IsStopping">Whether the server was told to stop.</param>
internal sealed record ReadinessReport(string? LogProblem, long? FreeBytes, long MinFreeBytes, bool HasResumed, bool IsStopping)
{
    public bool HasRoom => FreeBytes is null || FreeBytes >= MinFreeBytes;

    public bool IsReady => LogProblem is null && HasRoom && HasResumed && !IsStopping;
}
