using System.Runtime.InteropServices;

namespace Parley.Storage.Sqlite;

/// <summary>Which file stands at a path: its device and inode on Linux. Elsewhere only whether there is one.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint WantsInode = 0x100;

    /// <summary>Returns the file at a path; null where there is none.</summary>
    public static FileIdentity? At(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? default(FileIdentity) : null;
        try
        {
            return Statx(CurrentFolder, path, 0, WantsInode, out var status) == 0
                ? new(status.DeviceMajor, status.DeviceMinor, status.Inode)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return File.Exists(path) ? default(FileIdentity) : null;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Status status);

    // The kernel's layout, the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(0x20)]
        public ulong Inode;

        [FieldOffset(0x88)]
        public uint DeviceMajor;

        [FieldOffset(0x8c)]
        public uint DeviceMinor;
    }
}
