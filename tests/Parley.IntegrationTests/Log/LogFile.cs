using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>A folder for one log, gone when the test is done.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-log-").FullName;

    public string Path => In("log.db");

    public string In(string name) => System.IO.Path.Combine(_folder, name);

    public Task<SqliteEventLog> OpenAsync(Func<SqliteLogOptions, SqliteLogOptions>? otherwise = null)
    {
        var options = new SqliteLogOptions { Path = Path, Durability = LogDurability.Process };
        return SqliteEventLog.OpenAsync(otherwise?.Invoke(options) ?? options);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
