using System.Net;
using System.Net.Sockets;

namespace Parley.IntegrationTests.EndToEnd;

/// <summary>Stands between clients and a server, and cuts so many connections, each after a number of bytes that a seed decides: in the middle of whatever it is.</summary>
internal sealed class FaultyNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _connections = [];
    private readonly Random _random;
    private readonly IPEndPoint _server;
    private readonly int _mostBytes;
    private readonly Task _accepting;
    private int _cutsLeft;

    /// <param name="server">The server behind it.</param>
    /// <param name="seed">Decides what is cut.</param>
    /// <param name="cuts">How many connections are cut.</param>
    /// <param name="mostBytes">The most bytes that one of them carries in the direction that is cut.</param>
    public FaultyNetwork(Uri server, int seed, int cuts, int mostBytes)
    {
        (_random, _server, _cutsLeft, _mostBytes) = (new Random(seed), new(IPAddress.Loopback, server.Port), cuts, mostBytes);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            client.NoDelay = true;
            var (up, down, isReset) = Fate();
            try
            {
                await server.ConnectAsync(_server, over.Token);
                await await Task.WhenAny(CopyAsync(client, server, up, over.Token), CopyAsync(server, client, down, over.Token));
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
            }

            // An end that is pulled out loses what is on its way, one that is closed does not.
            if (isReset) client.LingerState = server.LingerState = new LingerOption(true, 0);
            await over.CancelAsync();
        }
    }

    private (long Up, long Down, bool IsReset) Fate()
    {
        lock (_lock)
        {
            var isCut = _cutsLeft > 0;
            var bytes = isCut ? _random.Next(_mostBytes) : long.MaxValue;
            var isReset = _random.Next(2) == 0;
            if (!isCut) return (long.MaxValue, long.MaxValue, isReset);
            _cutsLeft--;
            Cuts++;
            return _random.Next(2) == 0 ? (bytes, long.MaxValue, isReset) : (long.MaxValue, bytes, isReset);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer, cancellationToken);
            if (read == 0) return;
            var passed = (int)Math.Min(read, most);
            for (var sent = 0; sent < passed;) sent += await to.SendAsync(buffer.AsMemory(sent, passed - sent), cancellationToken);
            most -= passed;
            if (most == 0) return;
        }
    }
}
