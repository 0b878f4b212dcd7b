using System.Net.WebSockets;
using System.Text;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>The other end of a WebSocket, for tests that say and hear every message themselves.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];

    /// <summary>Everything heard so far.</summary>
    public List<Envelope> Heard { get; } = [];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string? SubProtocol => _socket.SubProtocol;

    /// <summary>Connects with a key or token.</summary>
    public static Task<SocketClient> ConnectAsync(ParleyServer server, string key) =>
        ConnectAsync(server, options => options.SetRequestHeader("Authorization", $"Bearer {key}"));

    public static Task<SocketClient> ConnectAsync(ParleyServer server, Action<ClientWebSocketOptions>? configure = null, HttpMessageInvoker? over = null) =>
        ConnectAsync(server.Socket, configure, over);

    /// <summary>Connects to any server.</summary>
    public static async Task<SocketClient> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? configure = null, HttpMessageInvoker? over = null)
    {
        var client = new SocketClient();
        configure?.Invoke(client._socket.Options);
        await client._socket.ConnectAsync(address, over, Cancel);
        return client;
    }

    /// <summary>Connects and starts a session; gives the client and the stream's id.</summary>
    public static async Task<(SocketClient Client, string StreamId)> StartAsync(ParleyServer server, string? streamId = null)
    {
        var client = await ConnectAsync(server);
        await client.SayAsync(new StartSession(new SessionSettings(), streamId));
        return (client, (await client.HearAsync<SessionStartedPayload>()).StreamId);
    }

    public Task SayAsync(ClientMessage message) => SayAsync(message.ToUtf8());

    public Task SayAsync(string json) => SayAsync(Encoding.UTF8.GetBytes(json));

    public Task SayAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text) => _socket.SendAsync(message, type, endOfMessage: true, Cancel);

    /// <summary>The next message; null once the server has closed.</summary>
    public async Task<Envelope?> HearAsync()
    {
        var count = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(count), Cancel);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            count += received.Count;
            if (!received.EndOfMessage) continue;
            Heard.Add(Envelope.Parse(_buffer.AsSpan(0, count)));
            return Heard[^1];
        }
    }

    /// <summary>The next message with that payload; what comes before it is only kept in <see cref="Heard"/>.</summary>
    public Task<Envelope> HearAsync<T>()
        where T : ServerPayload => HearAsync(envelope => envelope.Payload is T);

    public async Task<Envelope> HearAsync(Func<Envelope, bool> wanted)
    {
        while (await HearAsync() is { } envelope)
        {
            if (wanted(envelope)) return envelope;
        }

        throw new InvalidOperationException($"The server closed ({_socket.CloseStatus} {_socket.CloseStatusDescription}) before it said that.");
    }

    /// <summary>All that comes until the server closes; then this side closes, too.</summary>
    public async Task HearAllAsync()
    {
        while (await HearAsync() is not null)
        {
        }

        await CloseAsync();
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);

    /// <summary>Goes without a word, as a cable that is pulled.</summary>
    public void Vanish() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
