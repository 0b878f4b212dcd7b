using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// One client on a WebSocket: a loop that reads (<see cref="SocketInput"/>) and a loop that sends (<see cref="SocketOutput"/>), and no other task,
/// however many messages there are.
/// </summary>
internal sealed class SocketConnection : IDisposable
{
    private readonly SocketExchange _exchange;
    private readonly SocketClient _client;
    private readonly MessageReader _reader;
    private readonly SocketInput _input;
    private readonly SocketOutput _output;

    public SocketConnection(
        WebSocket socket,
        GatheringStream? frames,
        Caller? caller,
        ConnectionPlace place,
        SocketAccess access,
        ServerEngine engine,
        ParleyOptions options,
        TimeProvider clock,
        ILogger log,
        CancellationToken aborted)
    {
        _exchange = new SocketExchange(socket, engine.Directory, aborted);
        _client = new SocketClient(_exchange, access, place, caller, clock);
        _reader = new MessageReader(socket, options.MaxMessageBytes);
        var session = new SocketSession(_exchange, _client, access, engine);
        _input = new SocketInput(_reader, _exchange, _client, session, access, options.MaxMessageBytes, clock, log);
        var sender = new SocketSender(socket, frames, TimeSpan.FromSeconds(options.SendTimeoutSec), clock);
        _output = new SocketOutput(_exchange, sender, engine.Directory, clock, access.Telemetry, log);
    }

    /// <summary>Serves the client until it or the server closes.</summary>
    public async Task RunAsync()
    {
        // What this client says is no part of the request that it connected with: that would be one trace for hours.
        Activity.Current = null;
        _client.WatchDeadline();
        var sending = _output.RunAsync();
        await _input.RunAsync();
        Close(Closing.ByClient);
        await sending;
        await _output.StopTimerAsync();
    }

    /// <summary>Ends the connection in an orderly way. The first call counts.</summary>
    public void Close(Closing closing) => _exchange.Close(closing);

    /// <summary>Closes the connection of a client whose key or token is not valid.</summary>
    public void Refuse() => _client.Refuse();

    public void Dispose()
    {
        _reader.Dispose();
        _exchange.Dispose();
        _client.Dispose();
    }
}
