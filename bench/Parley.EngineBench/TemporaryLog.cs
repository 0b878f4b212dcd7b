using Parley.Log;
using Parley.Storage.Sqlite;

/// <summary>A log of the durability named, <c>disk</c>, <c>process</c> or <c>memory</c>; its files go with it.</summary>
internal sealed class TemporaryLog(Options options) : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(options.Text("--dir", Path.GetTempPath()), $"parley-bench-{Guid.NewGuid():N}")).FullName;

    public string Durability { get; } = options.Text("--durability", "disk");

    public long Bytes => new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length);

    public async Task<IEventLog> OpenAsync() => Durability == "memory"
        ? new MemoryEventLog()
        : await SqliteEventLog.OpenAsync(new SqliteLogOptions
        {
            Path = Path.Combine(_folder, "log.db"),
            Durability = Durability == "process" ? LogDurability.Process : LogDurability.Disk,
        });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
