using Parley.Storage.Sqlite;

internal sealed class TemporaryLog(string parent) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(parent, $"parley-log-bench-{Guid.NewGuid():N}")).FullName;

    public Task<SqliteEventLog> OpenAsync(LogDurability durability) =>
        SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = Path.Combine(_folder, "log.db"), Durability = durability });

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

internal sealed record Result(double FactsPerSecond, double P50, double P99, double Max);
