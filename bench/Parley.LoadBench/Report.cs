internal static class Report
{
    public static string Usage(LoadResult result)
    {
        var managed = result.ManagedBytes is { } bytes ? $", {bytes / 1e6:0} MB managed" : "";
        return $"server: {result.ServerCores:0.00} cores, {result.Server.ResidentMegabytes:0} MB resident, {result.Server.PeakMegabytes:0} MB at most{managed}; generator: {result.GeneratorCores:0.00} cores; all else: {result.OtherCores:0.00} cores";
    }

    /// <summary>False where anything was lost, seen twice, or went wrong.</summary>
    public static bool Losses(LoadResult result)
    {
        if (result.NothingLost)
        {
            Console.WriteLine($"{result.Figures.In:N0} messages in, {result.Figures.Out:N0} out, nothing lost, nothing twice{(result.Figures.Resumed > 0 ? $", viewers closed as too slow and resumed: {result.Figures.Resumed:N0}" : "")}.");
            return true;
        }

        if (result.Incomplete > 0) Console.WriteLine($"FAULT: {result.Incomplete:N0} streams did not come to their end whole");
        foreach (var (what, count) in result.Figures.Faults.OrderByDescending(fault => fault.Value).Take(20)) Console.WriteLine($"FAULT: {count:N0} times: {what}");
        return false;
    }
}
