using Parley.Log;

namespace Parley.Tests.Conversations;

/// <summary>A log as a process that was killed leaves it: a copy of another's facts, and of its last checkpoint.</summary>
internal static class CrashLog
{
    public static async Task<MemoryEventLog> CopyAsync(IEventLog log, string stream)
    {
        var copy = new MemoryEventLog();
        var facts = await log.ReadAsync(stream, 0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        await copy.AppendAsync(stream, 0, facts, TestContext.Current.CancellationToken);
        if (await log.LoadCheckpointAsync(stream, TestContext.Current.CancellationToken) is { } checkpoint)
            await copy.SaveCheckpointAsync(stream, checkpoint, TestContext.Current.CancellationToken);
        return copy;
    }
}
