using System.Text;

namespace Parley.Transcripts;

/// <summary>The beginning of a file, read as far as it takes to tell its format.</summary>
public sealed class ImportProbe
{
    private const int FirstBytes = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _read;
    private readonly Stream _rest;
    private readonly Encoding? _utf16;

    private ImportProbe(ReadOnlyMemory<byte> read, Stream rest, Encoding? utf16, ImportDetection told)
    {
        (_read, _rest, _utf16) = (read, rest, utf16);
        Import = told.Format is { } format ? Open(format, told.Reason) : null;
        Problem = Import is null ? told.Reason : null;
    }

    /// <summary>Gets the transcript; null where the file is none that is known.</summary>
    public TranscriptImport? Import { get; }

    /// <summary>Gets what the file looks like and lacks; null where it looks like nothing that is known, or is a transcript.</summary>
    public string? Problem { get; }

    /// <summary>Opens the file as a transcript of a format, whatever it looks like.</summary>
    public TranscriptImport Open(ImportFormat format) => Open(format, reason: null);

    /// <summary>Returns the whole file, as if nothing had been read of it. For what is no transcript.</summary>
    public Stream ToStream() => new PrefixedStream(_read, _rest);

    /// <summary>
    /// Reads the beginning of a file. Of a program that writes lines it takes the first, and waits for no more, unless that line may be a
    /// whole transcript.
    /// </summary>
    /// <param name="file">The file. It stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ImportProbe> ReadAsync(Stream file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var buffer = new byte[FirstBytes];
        for (var length = 0; ;)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            // Standard input and pipes do not stop reading when asked to; then the read is left behind.
            var read = await file.ReadAsync(buffer.AsMemory(length), cancellationToken).AsTask().WaitAsync(cancellationToken);
            length += read;
            var start = buffer.AsMemory(0, length);
            var utf16 = Utf16Of(start.Span);
            var told = ImportDetector.Detect(Utf8Of(start, utf16).Span, isAll: read == 0);
            if (!told.MayChange || read == 0 || length >= ImportDetector.MaxBytes) return new(start, file, utf16, told);
        }
    }

    private TranscriptImport Open(ImportFormat format, string? reason)
    {
        Stream file = new PrefixedStream(_utf16 is null ? _read : _read[2..], _rest);
        if (_utf16 is not null) file = Encoding.CreateTranscodingStream(file, _utf16, Encoding.UTF8, leaveOpen: true);
        return new(format, reason, Utf8Of(_read, _utf16), file);
    }

    private static ReadOnlyMemory<byte> Utf8Of(ReadOnlyMemory<byte> start, Encoding? utf16) =>
        utf16 is null ? start : Encoding.UTF8.GetBytes(utf16.GetString(start.Span[2..]));

    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new(bigEndian: false, byteOrderMark: false)
        : start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? new(bigEndian: true, byteOrderMark: false)
        : null;
}
