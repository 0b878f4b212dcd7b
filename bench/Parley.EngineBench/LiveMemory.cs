using System.Diagnostics;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;

/// <summary>Many conversations in the middle of a talk, in memory at once.</summary>
internal static class LiveMemory
{
    public static async Task MeasureAsync(Options options)
    {
        var conversations = options.Count("--conversations", 10_000);
        using var file = new TemporaryLog(options);
        await using var log = await file.OpenAsync();
        await using var directory = new ConversationDirectory(log, new ConversationOptions { PassivateAfter = TimeSpan.FromHours(1) });
        var (managed, resident) = Measure();
        foreach (var batch in Enumerable.Range(0, conversations).Chunk(500)) await Task.WhenAll(batch.Select(number => TalkAsync(directory, number)));
        var (managedAfter, residentAfter) = Measure();
        Console.WriteLine("| conversations in memory | managed before | after | each | working set before | after |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(
            $"| {directory.Count:N0} | {managed / 1e6:0.0} MB | {managedAfter / 1e6:0.0} MB | {(managedAfter - managed) / 1e3 / conversations:0.0} kB | {resident / 1e6:0.0} MB | {residentAfter / 1e6:0.0} MB |");
    }

    // Enough for a full context window.
    private static async Task TalkAsync(ConversationDirectory directory, int number)
    {
        await directory.OpenAsync(Talk.Stream(number), new ConversationSettings { IdleFinalSec = 3600 });
        await Task.WhenAll(Enumerable.Range(1, 100).Select(sequence => directory.SayAsync(Talk.Stream(number), Talk.Chunk(sequence))));
    }

    private static (long Managed, long Resident) Measure()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (managed, self.WorkingSet64);
    }
}
