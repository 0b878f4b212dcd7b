namespace Parley.Cli;

/// <summary>Tells files that are not text in UTF-8 by how they begin.</summary>
internal static class InputKind
{
    /// <summary>Returns what an input is and what to do about it; null where it may well be text.</summary>
    /// <param name="start">How it begins.</param>
    public static string? Advice(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? Compressed("gzip", "gunzip -c")
        : start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? Compressed("zstd", "zstd -dc")
        : start.StartsWith("BZh"u8) ? Compressed("bzip2", "bzip2 -dc")
        : start.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A]) ? Compressed("xz", "xz -dc")
        : start.StartsWith("PK\x03\x04"u8) ? Compressed("zip", "unzip -p")
        : IsUtf16(start) ? "is text in UTF-16, and UTF-8 is read here: iconv -f UTF-16 -t UTF-8 FILE | parley …"
        : start.StartsWith("RIFF"u8) || start.StartsWith("ID3"u8) || start.StartsWith("OggS"u8) || start.StartsWith("fLaC"u8)
            ? "is sound, and text is read here: have a recogniser make text of it first"
        : start.Contains((byte)0) ? "is not text: it has zero bytes"
        : null;

    private static bool IsUtf16(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || (start.Length >= 4 && ((start[0] == 0 && start[2] == 0) || (start[1] == 0 && start[3] == 0)));

    private static string Compressed(string how, string command) => $"is compressed with {how}: {command} FILE | parley …";
}
