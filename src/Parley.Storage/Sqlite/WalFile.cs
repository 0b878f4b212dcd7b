using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Parley.Storage.Sqlite;

/// <summary>The file of a write-ahead log, read beside SQLite. It has a header, and then frames: pages, each with a header of its own.</summary>
internal sealed class WalFile(string path) : IDisposable
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int FramesAtOnce = 64;

    private readonly SafeFileHandle _file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Returns whether the file begins, and ends, as SQLite knows it: its header, and the header of the last frame.</summary>
    public bool Holds(WalState state)
    {
        if (state.Frames == 0) return true;
        Span<byte> header = stackalloc byte[HeaderBytes], frame = stackalloc byte[FrameHeaderBytes];
        return Reads(header, 0) && SaltOf(header[16..]) == state.Salt && WalChecksum.IsRight(header, state.IsBigEndian)
            && Reads(frame, PlaceOf(state, state.Frames)) && Carries(frame, state.Salt, state.Checksum);
    }

    /// <summary>Returns whether all frames after an earlier state have the checksums that lead to a later one.</summary>
    /// <param name="earlier">The earlier state; null for the beginning of the log.</param>
    /// <param name="later">The later one.</param>
    public bool Leads(WalState? earlier, WalState later)
    {
        if (later.Frames == 0) return true;
        if (!Holds(later)) return false;
        var checksum = earlier is { Frames: > 0 } known ? new WalChecksum(known.Checksum) : Seed(later);
        var frameBytes = FrameHeaderBytes + later.PageBytes;
        var buffer = new byte[FramesAtOnce * frameBytes];
        for (var next = (earlier?.Frames ?? 0) + 1; next <= later.Frames; next += FramesAtOnce)
        {
            var frames = buffer.AsSpan(0, (int)Math.Min(FramesAtOnce, later.Frames - next + 1) * frameBytes);
            if (!Reads(frames, PlaceOf(later, next))) return false;
            for (; !frames.IsEmpty; frames = frames[frameBytes..])
            {
                checksum = checksum.Add(frames[..8], later.IsBigEndian).Add(frames[FrameHeaderBytes..frameBytes], later.IsBigEndian);
                if (!Carries(frames, later.Salt, checksum.Value)) return false;
            }
        }

        return checksum.Value == later.Checksum;
    }

    public void Dispose() => _file.Dispose();

    private static bool Carries(ReadOnlySpan<byte> frame, ulong salt, ulong checksum) =>
        SaltOf(frame[8..]) == salt && BinaryPrimitives.ReadUInt64BigEndian(frame[16..]) == checksum;

    private static ulong SaltOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64BigEndian(bytes);

    private static long PlaceOf(WalState state, long frame) => HeaderBytes + ((frame - 1) * (FrameHeaderBytes + state.PageBytes));

    private WalChecksum Seed(WalState state)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Reads(header, 0);
        return default(WalChecksum).Add(header[..24], state.IsBigEndian);
    }

    private bool Reads(Span<byte> bytes, long place)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(_file, bytes, place);
            if (read == 0) return false;
            bytes = bytes[read..];
            place += read;
        }

        return true;
    }
}
