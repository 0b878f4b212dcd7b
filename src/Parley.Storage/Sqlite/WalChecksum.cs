using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Parley.Storage.Sqlite;

/// <summary>The checksum of a write-ahead log, as the format of SQLite's files defines it: two sums over all words so far.</summary>
/// <param name="Value">The first sum in the upper half, the second in the lower.</param>
internal readonly record struct WalChecksum(ulong Value)
{
    /// <summary>Returns the checksum with more bytes, a multiple of eight.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isBigEndian">The order of the bytes in a word.</param>
    public WalChecksum Add(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var (first, second) = ((uint)(Value >> 32), (uint)Value);
        var isSwapped = isBigEndian == BitConverter.IsLittleEndian;
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            first += (isSwapped ? BinaryPrimitives.ReverseEndianness(words[i]) : words[i]) + second;
            second += (isSwapped ? BinaryPrimitives.ReverseEndianness(words[i + 1]) : words[i + 1]) + first;
        }

        return new(((ulong)first << 32) | second);
    }

    /// <summary>Returns whether the header of a log has the checksum that it should have.</summary>
    public static bool IsRight(ReadOnlySpan<byte> header, bool isBigEndian) =>
        default(WalChecksum).Add(header[..24], isBigEndian).Value == BinaryPrimitives.ReadUInt64BigEndian(header[24..]);
}
