using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Log;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Erases conversations that ended long enough ago, where that is asked for. Each is marked first, which the log of the server says, and
/// erased a notice later. While the clock is doubted nothing is marked or erased.
/// </summary>
internal sealed partial class Retention(ServerEngine engine, IOptions<ParleyOptions> options, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    // Those that are erased together leave the files of the log together.
    private const int ErasedAtOnce = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly RetentionFile _file = new(options.Value.Data);
    private bool _tells;

    /// <summary>How often it looks: about a hundredth of the time that conversations are kept, and at least every hour.</summary>
    internal static TimeSpan Every(TimeSpan kept) => kept / 100 < Longest ? kept / 100 : Longest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var policies = RetentionPolicy.Of(options.Value);
        // Also without a policy: there may be one after the next start, and then it matters which time was right until then.
        if (policies.Count == 0 && options.Value.Data is null) return;
        var earlier = _file.Load();
        var trust = new RetentionClock(clock, earlier.Trusted ?? earlier.Hold?.Known ?? engine.NewestFactAtStart);
        _tells = policies.Count > 0;
        if (trust.Doubt is not null) Tell(trust.Doubt);
        using var timer = new PeriodicTimer(policies.Count > 0 ? Every(policies.Min(policy => policy.Kept)) : Longest, clock);
        do
        {
            try
            {
                await LookAsync(policies, trust, stoppingToken);
            }
            catch (Exception problem) when (
                problem is EventLogUnavailableException or SequenceConflictException or IOException or UnauthorizedAccessException)
            {
                if (_tells) LogNotErased(problem);
                else LogNotKept(problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(IReadOnlyList<RetentionPolicy> policies, RetentionClock trust, CancellationToken cancellationToken)
    {
        var before = trust.Doubt;
        trust.Look();
        // To the hour: the days that are kept may be fractions of a second.
        var hour = trust.Trusted.AddTicks(-(trust.Trusted.Ticks % TimeSpan.TicksPerHour));
        var state = _file.Load() with { Hold = trust.Doubt, Trusted = hour };
        if (trust.Doubt != before) Tell(trust.Doubt);
        if (trust.Doubt is null)
        {
            var marks = new List<RetentionMark>();
            foreach (var policy in policies) marks.AddRange(await LookAsync(policy, state.Marks, cancellationToken));
            state = state with { Marks = marks };
        }

        _file.Save(state);
    }

    // Marks as they are after this look.
    private async Task<IEnumerable<RetentionMark>> LookAsync(
        RetentionPolicy policy, IReadOnlyList<RetentionMark> marks, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var schedule = RetentionSchedule.Of(policy, marks, now);
        if (schedule.EraseEndedBefore is { } past) await EraseAsync(policy, past, cancellationToken);
        var needed = RetentionSchedule.Needed(policy, marks, now);
        var marked = schedule.MarkedBefore is { } earlier ? await CountAsync(policy, earlier, cancellationToken) : 0;
        var due = await CountAsync(policy, schedule.MarkEndedBefore, cancellationToken) - marked;
        if (due <= 0) return needed;
        LogMarked(due, policy.Tenant ?? "(all)", now + policy.Notice, policy.Kept.TotalDays);
        return [.. needed, new RetentionMark(policy.Tenant, policy.Kept.TotalDays, now, schedule.MarkEndedBefore, ExceptOf(policy))];
    }

    private static string[]? ExceptOf(RetentionPolicy policy) =>
        policy.Tenant is null && policy.Except.Count > 0 ? [.. policy.Except.Order(StringComparer.Ordinal)] : null;

    private ValueTask<int> CountAsync(RetentionPolicy policy, DateTimeOffset before, CancellationToken cancellationToken) =>
        engine.Log.ListEndedAsync(before, cancellationToken).CountAsync(policy.Covers, cancellationToken);

    private async Task EraseAsync(RetentionPolicy policy, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var erased = 0;
        try
        {
            await Parallel.ForEachAsync(
                engine.Log.ListEndedAsync(before, cancellationToken).Where(policy.Covers),
                new ParallelOptions { MaxDegreeOfParallelism = ErasedAtOnce, CancellationToken = cancellationToken },
                async (key, token) =>
                {
                    if (await TryEraseAsync(key, token)) Interlocked.Increment(ref erased);
                });
        }
        finally
        {
            if (erased > 0) LogErased(erased, policy.Tenant ?? "(all)", policy.Kept.TotalDays);
        }
    }

    // One that cannot be read does not keep the others: it is named, and stays until it is repaired.
    private async ValueTask<bool> TryEraseAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Directory.EraseAsync(key, cancellationToken);
        }
        catch (StreamUnreadableException problem)
        {
            engine.Directory.MarkUnreadable(problem);
            return false;
        }
        catch (StreamErasedException)
        {
            // A client's call was first.
            return false;
        }
    }

    private void Tell(ClockDoubt? doubt)
    {
        if (!_tells) return;
        if (doubt is null) LogReleased();
        else LogHeld(doubt.Clock, (doubt.Clock - doubt.Known).TotalDays, doubt.Known);
    }

    [LoggerMessage(
        1011, LogLevel.Information, "{Count} conversations of tenant {Tenant} were erased: they ended more than {Days} days ago",
        EventName = "RetentionErased")]
    private partial void LogErased(int count, string tenant, double days);

    [LoggerMessage(
        1012, LogLevel.Error, "Conversations that are past their time could not be erased; the next try is in at most an hour",
        EventName = "RetentionFailed")]
    private partial void LogNotErased(Exception problem);

    [LoggerMessage(
        1013, LogLevel.Warning,
        "{Count} conversations of tenant {Tenant} will be erased from {At:u} on, {Days} days after their end. parley streams --state ended "
        + "lists them; more days in Parley:RetentionDays keep them",
        EventName = "RetentionMarked")]
    private partial void LogMarked(int count, string tenant, DateTimeOffset at, double days);

    [LoggerMessage(
        1014, LogLevel.Warning,
        "Nothing is erased for now: the clock says {Clock:u}, which is {Days:0.#} days after the newest time that is known, {Known:u}. "
        + "If the clock is wrong, set it. If it is right, retention goes on once this server has run for 24 hours; "
        + "parley erase --older-than DAYS erases before",
        EventName = "RetentionHeld")]
    private partial void LogHeld(DateTimeOffset clock, double days, DateTimeOffset known);

    [LoggerMessage(
        1015, LogLevel.Information, "The clock is believed again: retention marks and erases",
        EventName = "RetentionReleased")]
    private partial void LogReleased();

    [LoggerMessage(
        1016, LogLevel.Warning, "The time that retention would go by after a restart could not be kept; the next try is in an hour",
        EventName = "RetentionTimeNotKept")]
    private partial void LogNotKept(Exception problem);
}
