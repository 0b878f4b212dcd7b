namespace Parley.AspNetCore.Hosting;

/// <summary>What one policy does at one look: what has been marked for long enough is erased, and what will be due is marked.</summary>
/// <param name="EraseEndedBefore">Erase what ended before this time; null for nothing.</param>
/// <param name="MarkEndedBefore">Mark what ended before this time.</param>
/// <param name="MarkedBefore">What ended before this time is marked already; null for nothing.</param>
internal readonly record struct RetentionSchedule(
    DateTimeOffset? EraseEndedBefore, DateTimeOffset MarkEndedBefore, DateTimeOffset? MarkedBefore)
{
    /// <summary>Reads no clock: the same marks at the same time give the same schedule.</summary>
    public static RetentionSchedule Of(RetentionPolicy policy, IEnumerable<RetentionMark> marks, DateTimeOffset now)
    {
        RetentionMark[] held = [.. marks.Where(mark => mark.HoldsFor(policy, now))];
        var ripe = held.Where(mark => mark.MarkedAt + policy.Notice <= now).Select(mark => (DateTimeOffset?)mark.EndedBefore).Max();
        return new(
            ripe is { } past && past > now - policy.Kept ? now - policy.Kept : ripe,
            now + policy.Notice - policy.Kept,
            held.Select(mark => (DateTimeOffset?)mark.EndedBefore).Max());
    }

    /// <summary>Returns the marks that are still needed.</summary>
    /// <remarks>Of those that have been held for long enough only the last says something.</remarks>
    public static IEnumerable<RetentionMark> Needed(RetentionPolicy policy, IEnumerable<RetentionMark> marks, DateTimeOffset now)
    {
        RetentionMark[] held = [.. marks.Where(mark => mark.HoldsFor(policy, now)).OrderBy(mark => mark.EndedBefore)];
        return held.Skip(Math.Max(0, Array.FindLastIndex(held, mark => mark.MarkedAt + policy.Notice <= now)));
    }
}
