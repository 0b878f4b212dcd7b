using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// Admits connections as they are accepted, and hands each to the web server once its client has sent something. The web server's own
/// time-outs begin with the first byte, so that a connection without any would stay for ever.
/// </summary>
internal sealed class BoundedListener : IConnectionListener
{
    private readonly IConnectionListener _inner;
    private readonly Admissions _admissions;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cut;
    private readonly CancellationTokenSource _stop = new();

    // Those behind it wait with their first byte, as many as are admitted.
    private readonly Channel<ConnectionContext> _heard = Channel.CreateBounded<ConnectionContext>(new BoundedChannelOptions(512) { SingleReader = true });

    public BoundedListener(IConnectionListener inner, Admissions admissions, TimeSpan patience, TimeProvider clock, CancellationToken cut)
    {
        (_inner, _admissions, _patience, _clock, _cut) = (inner, admissions, patience, clock, cut);
        _ = Task.Run(AdmitAsync, CancellationToken.None);
    }

    public EndPoint EndPoint => _inner.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _heard.Reader.WaitToReadAsync(cancellationToken) && _heard.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => _inner.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async Task AdmitAsync()
    {
        Exception? problem = null;
        try
        {
            while (await _inner.AcceptAsync() is { } connection) _ = HearAsync(new AdmittedConnection(connection, _admissions, _cut));
        }
        catch (Exception fault)
        {
            problem = fault;
        }

        // The web server logs a problem. Without one, this listener was told to stop.
        _heard.Writer.TryComplete(problem);
        await _stop.CancelAsync();
    }

    private async Task HearAsync(AdmittedConnection connection)
    {
        if (await HasFirstByteAsync(connection))
        {
            connection.Admission.Hear();
            if (await TryHandOverAsync(connection)) return;
        }

        await connection.DisposeAsync();
    }

    private async ValueTask<bool> TryHandOverAsync(AdmittedConnection connection)
    {
        try
        {
            await _heard.Writer.WriteAsync(connection);
            return true;
        }
        catch (ChannelClosedException)
        {
            // The web server takes nothing more.
            return false;
        }
    }

    private async Task<bool> HasFirstByteAsync(AdmittedConnection connection)
    {
        using var late = new CancellationTokenSource(_patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(either.Token);
            // Takes nothing: the web server reads it from the beginning.
            input.AdvanceTo(read.Buffer.Start);
            return !read.Buffer.IsEmpty;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
