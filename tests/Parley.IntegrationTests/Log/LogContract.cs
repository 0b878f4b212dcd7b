using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>What every log must do, whatever it keeps the facts in: each test runs on each log.</summary>
public abstract class LogContract(bool isSqlite) : IAsyncLifetime
{
    private LogFile? _file;

    protected IEventLog Log { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _file = isSqlite ? new LogFile() : null;
        // Fewer than the tests have under way, so that they wait for room too.
        Log = _file is null ? new MemoryEventLog() : await _file.OpenAsync(options => options with { QueueCapacity = 3 });
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _file?.Dispose();
        GC.SuppressFinalize(this);
    }
}
