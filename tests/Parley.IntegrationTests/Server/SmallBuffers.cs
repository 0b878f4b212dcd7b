using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Parley.IntegrationTests.Server;

/// <summary>Little room between a server and a client, so that it shows soon when one of them does not keep up. Usually there are megabytes.</summary>
internal static class SmallBuffers
{
    private const int Bytes = 8 * 1024;

    /// <summary>A client's end.</summary>
    public static HttpMessageInvoker Invoker() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = Bytes, ReceiveBufferSize = Bytes };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>The server's end.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.Limits.MaxRequestBufferSize, kestrel.Limits.MaxResponseBufferSize) = (4 * Bytes, 4 * Bytes));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = Listen);
    }

    private static Socket Listen(EndPoint at)
    {
        // Connections that are accepted get what the listening socket has.
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(at);
        (socket.SendBufferSize, socket.ReceiveBufferSize) = (Bytes, Bytes);
        return socket;
    }
}
