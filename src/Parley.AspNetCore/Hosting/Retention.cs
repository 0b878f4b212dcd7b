using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Log;

namespace Parley.AspNetCore.Hosting;

/// <summary>Erases conversations that ended long enough ago, where that is asked for.</summary>
internal sealed partial class Retention(ServerEngine engine, IOptions<ParleyOptions> options, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    // Those that are erased together leave the files of the log together.
    private const int ErasedAtOnce = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How often it looks: about a hundredth of the time that conversations are kept, and at least every hour.</summary>
    internal static TimeSpan Every(TimeSpan kept) => kept / 100 < Longest ? kept / 100 : Longest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.RetentionDays is not { } days) return;
        var kept = TimeSpan.FromDays(days);
        using var timer = new PeriodicTimer(Every(kept), clock);
        do
        {
            try
            {
                await EraseAsync(kept, stoppingToken);
            }
            catch (Exception problem) when (problem is EventLogUnavailableException or SequenceConflictException)
            {
                LogNotErased(problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task EraseAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        var erased = 0;
        try
        {
            await Parallel.ForEachAsync(
                engine.Log.ListEndedAsync(clock.GetUtcNow() - kept, cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = ErasedAtOnce, CancellationToken = cancellationToken },
                async (key, token) =>
                {
                    if (await engine.Directory.EraseAsync(key, token)) Interlocked.Increment(ref erased);
                });
        }
        finally
        {
            if (erased > 0) LogErased(erased, options.Value.RetentionDays!.Value);
        }
    }

    [LoggerMessage(1011, LogLevel.Information, "{Count} conversations were erased: they ended more than {Days} days ago", EventName = "RetentionErased")]
    private partial void LogErased(int count, double days);

    [LoggerMessage(1012, LogLevel.Error, "Conversations that are past their time could not be erased; the next try is in at most an hour", EventName = "RetentionFailed")]
    private partial void LogNotErased(Exception problem);
}
