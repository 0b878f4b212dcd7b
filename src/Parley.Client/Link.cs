using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// One connection: whole messages out and in. Every way in which it can end is a <see cref="LinkLostException"/>, but for a final no.
/// </summary>
internal sealed class Link : IDisposable
{
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly ClientWebSocket _socket;
    private byte[] _buffer = new byte[16 * 1024];
    private volatile LinkLostException? _abortedFor;

    private Link(ClientWebSocket socket) => _socket = socket;

    /// <summary>Where the socket of a server is: beside everything else of it, unless the address names it already.</summary>
    public static Uri SocketOf(Uri server)
    {
        if (!server.IsAbsoluteUri || server.Scheme is not ("http" or "https" or "ws" or "wss"))
            throw new ArgumentException($"A server's address is an absolute http, https, ws or wss URI, not '{server}'.", nameof(server));
        var path = server.AbsolutePath.TrimEnd('/');
        return new UriBuilder(server)
        {
            Scheme = server.Scheme is "https" or "wss" ? "wss" : "ws",
            Path = path.EndsWith("/stream", StringComparison.Ordinal) ? path : path + "/stream",
            Fragment = "",
        }.Uri;
    }

    /// <exception cref="LinkLostException">There is no connection; another try may do better.</exception>
    /// <exception cref="ParleyException">The server will not have this client.</exception>
    public static async Task<Link> ConnectAsync(Uri address, string? key, TimeSpan keepAlive, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = keepAlive;
        socket.Options.KeepAliveTimeout = keepAlive;
        socket.Options.CollectHttpResponseDetails = true;
        if (key is not null) socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return new Link(socket);
        }
        catch (WebSocketException problem)
        {
            using (socket) throw Refused(address, socket, problem);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsLoss(problem, cancellationToken))
        {
            throw Lost(problem);
        }
    }

    public async ValueTask<Envelope> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var length = 0;
            while (true)
            {
                if (length == _buffer.Length) Array.Resize(ref _buffer, Math.Min(length * 2, MostBytes));
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken).ConfigureAwait(false);
                    throw Closed();
                }

                length += received.Count;
                if (received.EndOfMessage) return Envelope.Parse(_buffer.AsSpan(0, length));
                if (length == MostBytes) throw new LinkLostException("The server sent a message of more than 16 MiB.");
            }
        }
        catch (JsonException problem)
        {
            throw new LinkLostException($"The server sent what is no envelope: {problem.Message}", problem);
        }
        catch (Exception problem) when (IsLoss(problem, cancellationToken))
        {
            throw Lost(problem);
        }
    }

    /// <summary>Ends the connection here and now; whoever sends or receives on it hears why.</summary>
    public void Abort(LinkLostException why)
    {
        _abortedFor ??= why;
        _socket.Abort();
    }

    /// <summary>Says goodbye. The server answers with the end of what <see cref="ReceiveAsync"/> gives.</summary>
    public async Task SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsLoss(problem, cancellationToken))
        {
            Abort(Lost(problem));
        }
    }

    public void Dispose() => _socket.Dispose();

    private LinkLostException Closed() => new(
        _socket.CloseStatus is { } status && status != WebSocketCloseStatus.Empty
            ? string.Create(CultureInfo.InvariantCulture, $"The server closed the connection ({(int)status}{Description}).")
            : "The server closed the connection.")
    {
        IsNormal = _socket.CloseStatus == WebSocketCloseStatus.NormalClosure,
    };

    private string Description => _socket.CloseStatusDescription is { Length: > 0 } why ? $", {why}" : "";

    private LinkLostException Lost(Exception problem) => _abortedFor ?? new LinkLostException(
        problem is WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely }
            ? "The connection was lost."
            : $"The connection was lost: {Reason(problem)}.",
        problem);

    // A socket that got no sign of life cancels what waits on it, as if somebody had asked for that.
    private static bool IsLoss(Exception problem, CancellationToken cancellationToken) =>
        problem is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException
        || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static Exception Refused(Uri address, ClientWebSocket socket, WebSocketException problem)
    {
        var status = (int)socket.HttpStatusCode;
        return status switch
        {
            401 or 403 => new ParleyException(
                ErrorCodes.Unauthorized, $"The server does not let this client in ({status}): a valid key is needed.", problem),
            200 or (>= 300 and < 500 and not (408 or 425 or 429)) => new ParleyException(
                ParleyException.InvalidAnswer, $"There is no Parley server at {address}: it answers with status {status}.", problem),
            > 0 => new LinkLostException($"The server is not ready: it answers with status {status}.", problem)
            {
                RetryAfter = RetryAfter(socket),
            },
            _ => new LinkLostException($"Cannot connect to {address}: {Reason(problem)}.", problem)
            {
                HasReachedServer = problem.GetBaseException() is HttpIOException or SocketException { SocketErrorCode: SocketError.ConnectionReset },
            },
        };
    }

    private static string Reason(Exception problem) => problem.GetBaseException().Message.TrimEnd('.');

    private static TimeSpan? RetryAfter(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) == true
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
