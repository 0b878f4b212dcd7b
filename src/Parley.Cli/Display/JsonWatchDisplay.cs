using Parley.Client;
using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>The envelopes as they came, one a line, on standard output.</summary>
internal sealed class JsonWatchDisplay(Terminal terminal) : IWatchDisplay
{
    public void Show(Envelope envelope, TranscriptProjection view)
    {
        terminal.OutputBytes.Write(envelope.ToUtf8());
        terminal.OutputBytes.WriteByte((byte)'\n');
    }

    public void Connection(ConnectionStatus status)
    {
        if (ConnectionLines.IsNews(status)) terminal.Error.WriteLine(ConnectionLines.Of(status));
    }

    public void Draw(bool isWaiting)
    {
        if (isWaiting) terminal.OutputBytes.Flush();
    }

    public void Done(TranscriptProjection view) => terminal.OutputBytes.Flush();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
