using Parley.Client;
using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>For a pipe: a plain line a final segment or answer and the last summary on standard output, everything else on standard error.</summary>
internal sealed class PlainWatchDisplay(Terminal terminal) : IWatchDisplay
{
    public void Show(Envelope envelope, TranscriptProjection view)
    {
        if (envelope.Payload is FinalizedPayload final) terminal.Output.WriteLine(SegmentLines.Plain(Named(envelope, final, view)));
        var writer = envelope.Payload is ErrorPayload ? terminal.Error : terminal.Output;
        foreach (var line in WatchLines.Of(envelope.Payload)) writer.WriteLine(line);
    }

    /// <summary>A final segment, by the name that its speaker has been given.</summary>
    public static FinalizedPayload Named(Envelope envelope, FinalizedPayload final, TranscriptProjection view) =>
        view.Segments.LastOrDefault(segment => segment.Id == envelope.SegmentId) is { } shown ? final with { Segment = shown.Text } : final;

    public void Connection(ConnectionStatus status)
    {
        if (ConnectionLines.IsNews(status)) terminal.Error.WriteLine(ConnectionLines.Of(status));
    }

    public void Draw(bool isWaiting)
    {
        if (isWaiting) terminal.Output.Flush();
    }

    public void Done(TranscriptProjection view)
    {
        if (view.Stats is not null) foreach (var line in SummaryLines.Plain(view.Summary)) terminal.Output.WriteLine(line);
        terminal.Output.Flush();
        if (view.Stats is { } stats) terminal.Error.WriteLine(WatchLines.Of(stats));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
