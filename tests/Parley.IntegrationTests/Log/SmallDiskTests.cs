using System.Diagnostics;
using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>A disk that is really full: a file system in memory of 2 MB, which only root may mount.</summary>
public sealed class SmallDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-disk-").FullName;
    private readonly bool _isMounted;

    public SmallDiskTests() => _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=2m", "none", _folder);

    private string Ballast => Path.Combine(_folder, "ballast");

    public void Dispose()
    {
        if (_isMounted) Assert.True(Run("umount", _folder));
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(LogDurability.Disk)]
    [InlineData(LogDurability.Process)]
    public async Task A_full_disk_refuses_keeps_what_was_acknowledged_and_takes_again_once_there_is_room(LogDurability durability)
    {
        Assert.SkipUnless(_isMounted, "Only root may mount a file system.");
        await File.WriteAllBytesAsync(Ballast, new byte[400_000], TestContext.Current.CancellationToken);
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
                File.Delete(Ballast);
            }
        }

        await using var again = await OpenAsync(durability);
        Assert.Equal(Facts.Range(1, acknowledged).Said(), (await again.ReadAsync("a", 0).AllAsync()).Said());
    }

    private Task<SqliteEventLog> OpenAsync(LogDurability durability) =>
        SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = Path.Combine(_folder, "log.db"), Durability = durability });

    private static bool Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
