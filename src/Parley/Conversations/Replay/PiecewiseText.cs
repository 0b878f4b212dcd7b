using System.Text;
using Parley.Transcripts;

namespace Parley.Conversations.Replay;

/// <summary>A text that is passed on to a stream, in UTF-8, while it is put together.</summary>
internal sealed class PiecewiseText(Stream stream) : IAsyncDisposable
{
    private const int PieceLength = 16 * 1024;

    private readonly StreamWriter _writer = new(stream, TranscriptExporter.Utf8, leaveOpen: true);

    private bool _isWhole;

    /// <summary>What has not been passed on.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Passes the text on if it is long enough. Waits while the reader is slower.</summary>
    public ValueTask PassOnAsync(CancellationToken cancellationToken) =>
        Text.Length < PieceLength ? ValueTask.CompletedTask : new(WriteAsync(cancellationToken));

    /// <summary>Passes on all of it. Nothing follows.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        await _writer.FlushAsync(cancellationToken);
        _isWhole = true;
    }

    // Disposing of the writer flushes the stream. Where the text broke off, an answer that has not begun can still become a problem.
    public ValueTask DisposeAsync() => _isWhole ? _writer.DisposeAsync() : ValueTask.CompletedTask;

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WriteAsync(Text, cancellationToken);
        Text.Clear();
    }
}
