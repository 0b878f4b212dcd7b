using System.Diagnostics;

namespace Parley.IntegrationTests.Log;

/// <summary>A disk that is really full after some MB: a file system in memory, which only root may mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <param name="megabytes">Its size.</param>
    public SmallDisk(int megabytes)
    {
        Folder = Directory.CreateTempSubdirectory("parley-disk-").FullName;
        IsMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "none", Folder);
    }

    public string Folder { get; }

    /// <summary>Gets whether there is such a disk: a test without it has nothing to look at.</summary>
    public bool IsMounted { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Takes some of the room.</summary>
    public void Fill(int bytes) => File.WriteAllBytes(Ballast, new byte[bytes]);

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        if (IsMounted) Assert.True(Run("umount", Folder));
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
