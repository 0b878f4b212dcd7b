using Parley.Cli.Display;
using Parley.Cli.Run;
using Parley.Client;
using Parley.Protocol;
using Parley.Streaming;
using ClientChunk = Parley.Client.Chunk;

namespace Parley.Cli.Remote;

/// <summary>One input, from its first line to its last acknowledgement.</summary>
internal sealed class SendRun(SendSettings settings, ParleyClient client, SendDisplay display, SendReport report, TimeProvider clock)
{
    /// <summary>How long a command that was stopped waits for what it has read to be taken.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    private readonly Pace _pace = new(settings.Speed, clock);
    private readonly MessageTimes? _times = settings.Format == RunSettings.Chunks ? null : new(settings.Format, display.Detected);

    private readonly HashSet<string> _warned = [];

    // Of a format that is not told yet.
    private readonly List<byte[]> _untold = [];

    // Handed to the client, and not yet in its buffer.
    private Func<CancellationToken, Task>? _pending;

    public async Task<int> SendAsync(ChunkLines lines, long? length, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource();
        var hearing = HearAsync(enough.Token);
        try
        {
            var wasStopped = await SendAllAsync(lines, length, cancellationToken);
            // To its end, where there is one: a problem may be told there.
            if (client.Status.State != ConnectionState.Ended) await enough.CancelAsync();
            await hearing;
            report.Waiting = client.UnacknowledgedCount;
            display.Done(report, wasStopped);
            return wasStopped ? ExitCode.Cancelled : report.Unwell > 0 ? ExitCode.Refused : ExitCode.Success;
        }
        finally
        {
            await enough.CancelAsync();
            await hearing;
        }
    }

    private async Task<bool> SendAllAsync(ChunkLines lines, long? length, CancellationToken cancellationToken)
    {
        var wasStopped = false;
        try
        {
            while (await lines.ReadAsync(cancellationToken))
            {
                report.Fraction = length is > 0 and { } bytes ? (double)lines.BytesRead / bytes : null;
                await TakeAsync(lines, cancellationToken);
            }

            _times?.End();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            wasStopped = true;
        }

        using var patience = wasStopped ? new CancellationTokenSource(LastWait, clock) : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (wasStopped) display.Stopping(client.UnacknowledgedCount);
        try
        {
            if (_pending is { } last) await last(patience.Token);
            await ListenAsync(() => client.FlushAsync(patience.Token));
            if (!wasStopped || settings.EndsAlways) await ListenAsync(async () => display.Ended(await client.EndAsync(patience.Token)));
        }
        catch (OperationCanceledException)
        {
            wasStopped = true;
        }

        return wasStopped;
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var envelope in client.Events.WithCancellation(cancellationToken))
            {
                if (envelope.Payload is not ErrorPayload { Code: ErrorCodes.InvalidMessage } problem) continue;
                report.Problems++;
                display.Refused(problem.Message);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ParleyException)
        {
            // What ends the client is told by the call that sends.
        }
    }

    private async Task TakeAsync(ChunkLines lines, CancellationToken cancellationToken)
    {
        try
        {
            if (_times is null) await SendAsync(Parse(lines), cancellationToken);
            else await SendAsync(lines.Line.ToArray(), _times, cancellationToken);
        }
        catch (ChunkFormatException malformed)
        {
            Refuse(lines.Number, malformed.Message);
        }
        catch (ParleyException refused) when (refused.Code is ErrorCodes.InvalidChunk or ErrorCodes.InvalidMessage or ErrorCodes.MessageTooLarge)
        {
            // The client itself took no such line. A refusal that ends the client comes again, with the next.
            _pending = null;
            if (client.Status.State == ConnectionState.Failed) throw;
            Refuse(lines.Number, refused.Message);
        }
    }

    // Every line of a program may be wrong in the same way: each way is told once.
    private StreamChunk Parse(ChunkLines lines)
    {
        var chunk = lines.Parse();
        if (lines.Warning is { } warning && _warned.Add(warning)) display.Warned($"line {lines.Number} warning: {warning}");
        return chunk;
    }

    private async Task SendAsync(StreamChunk chunk, CancellationToken cancellationToken)
    {
        await _pace.WaitForAsync(chunk.End, cancellationToken);
        var sent = new ClientChunk(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId) { Details = chunk.Details };
        await HandInAsync(token => client.SendAsync(sent, settings.Source, token), cancellationToken);
    }

    private async Task SendAsync(byte[] message, MessageTimes times, CancellationToken cancellationToken)
    {
        var end = times.Take(message);
        if (times.Format is not { } format)
        {
            _untold.Add(message);
            return;
        }

        foreach (var earlier in _untold) await HandInAsync(token => client.SendMessageAsync(format, earlier, settings.Source, token), cancellationToken);
        _untold.Clear();
        if (end is { } said) await _pace.WaitForAsync(said, cancellationToken);
        await HandInAsync(token => client.SendMessageAsync(format, message, settings.Source, token), cancellationToken);
    }

    private async Task HandInAsync(Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        _pending = send;
        await send(cancellationToken);
        _pending = null;
        report.Sent++;
    }

    private async Task ListenAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ParleyException refused) when (refused.RefusedCount > 0)
        {
            report.Refused += refused.RefusedCount;
            display.Refused(refused.Message);
        }
    }

    private void Refuse(long line, string reason)
    {
        report.Refused++;
        display.Refused($"line {line} refused: {reason}");
    }
}
