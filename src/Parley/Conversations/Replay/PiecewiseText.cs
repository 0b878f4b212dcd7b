using System.Text;
using Parley.Transcripts;

namespace Parley.Conversations.Replay;

/// <summary>A text that is passed on to a stream, in UTF-8, while it is put together.</summary>
internal sealed class PiecewiseText(Stream stream) : IAsyncDisposable
{
    private const int PieceLength = 16 * 1024;

    private readonly StreamWriter _writer = new(stream, TranscriptExporter.Utf8, leaveOpen: true);

    /// <summary>What has not been passed on.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Passes the text on if it is long enough. Waits while the reader is slower.</summary>
    public ValueTask PassOnAsync(CancellationToken cancellationToken) =>
        Text.Length < PieceLength ? ValueTask.CompletedTask : new(WriteAsync(cancellationToken));

    /// <summary>Passes on all of it.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        await _writer.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WriteAsync(Text, cancellationToken);
        Text.Clear();
    }
}
