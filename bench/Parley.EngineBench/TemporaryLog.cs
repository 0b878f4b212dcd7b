using Parley.Log;
using Parley.Storage.Sqlite;

/// <summary>A log of the durability named, <c>disk</c>, <c>process</c> or <c>memory</c>; its files go with it, unless they are another's.</summary>
internal sealed class TemporaryLog : IDisposable
{
    private readonly string _folder;
    private readonly bool _isOurs;

    public TemporaryLog(Options options)
    {
        Durability = options.Text("--durability", "disk");
        Path = options.Text("--log", "");
        _isOurs = Path.Length == 0;
        _folder = _isOurs ? Directory.CreateDirectory(System.IO.Path.Combine(options.Text("--dir", System.IO.Path.GetTempPath()), $"parley-bench-{Guid.NewGuid():N}")).FullName : System.IO.Path.GetDirectoryName(Path)!;
        if (_isOurs) Path = System.IO.Path.Combine(_folder, "log.db");
    }

    public string Durability { get; }

    public string Path { get; }

    public long Bytes => new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length);

    public async Task<IEventLog> OpenAsync() => Durability == "memory"
        ? new MemoryEventLog()
        : await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = Path, Durability = Durability == "process" ? LogDurability.Process : LogDurability.Disk });

    public void Dispose()
    {
        if (_isOurs) Directory.Delete(_folder, recursive: true);
    }
}
