using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>A log on a disk that is really full.</summary>
public sealed class SmallDiskTests : IDisposable
{
    private readonly SmallDisk _disk = new(megabytes: 2);

    public void Dispose() => _disk.Dispose();

    [Theory]
    [InlineData(LogDurability.Disk)]
    [InlineData(LogDurability.Process)]
    public async Task A_full_disk_refuses_keeps_what_was_acknowledged_and_takes_again_once_there_is_room(LogDurability durability)
    {
        Assert.SkipUnless(_disk.IsMounted, "Only root may mount a file system.");
        _disk.Fill(400_000);
        long acknowledged = 0;
        await using (var log = await OpenAsync(durability))
        {
            for (var round = 0; round < 2; round++)
            {
                var full = await Assert.ThrowsAsync<EventLogUnavailableException>(async () =>
                {
                    for (; ; acknowledged += 50)
                        await log.AppendAsync("a", acknowledged, Facts.Range(acknowledged + 1, acknowledged + 50));
                });
                Assert.True(full.IsTransient, full.Message);
                Assert.Contains("full", full.Message, StringComparison.Ordinal);
                Assert.Equal(Facts.Range(1, acknowledged).Said(), (await log.ReadAsync("a", 0).AllAsync()).Said());
                _disk.Empty();
            }
        }

        await using var again = await OpenAsync(durability);
        Assert.Equal(Facts.Range(1, acknowledged).Said(), (await again.ReadAsync("a", 0).AllAsync()).Said());
    }

    private Task<SqliteEventLog> OpenAsync(LogDurability durability) =>
        SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = Path.Combine(_disk.Folder, "log.db"), Durability = durability });
}
