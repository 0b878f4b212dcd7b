using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Parley.Storage.Sqlite;

/// <summary>The write-ahead log as SQLite knows it after a commit. SQLite keeps this in the memory that its processes share.</summary>
/// <param name="Frames">The number of frames: pages, each with a header.</param>
/// <param name="PageBytes">The size of a page.</param>
/// <param name="Pages">The number of pages of the database.</param>
/// <param name="Salt">What every frame of this run of the log carries; another value once the log begins anew.</param>
/// <param name="Checksum">The checksum of the last frame, which covers all before it.</param>
/// <param name="IsBigEndian">The byte order of the words that the checksums add up.</param>
internal readonly record struct WalState(long Frames, int PageBytes, long Pages, ulong Salt, ulong Checksum, bool IsBigEndian)
{
    /// <summary>The size of SQLite's description.</summary>
    public const int Bytes = 48;

    // Of the layout below, the same since SQLite 3.7.0.
    private const uint Layout = 3_007_000;

    /// <summary>Reads SQLite's description, the header of its index; null where its layout is not known.</summary>
    public static WalState? Read(ReadOnlySpan<byte> header)
    {
        var words = MemoryMarshal.Cast<byte, uint>(header);
        if (words[0] != Layout) return null;
        var size = MemoryMarshal.Read<ushort>(header[14..]);
        return new(
            words[4],
            (size & 0xFE00) + ((size & 1) << 16),
            words[5],
            BinaryPrimitives.ReadUInt64BigEndian(header[32..]),
            ((ulong)words[6] << 32) | words[7],
            header[13] != 0);
    }
}
