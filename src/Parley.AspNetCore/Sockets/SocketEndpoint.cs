using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>The WebSocket at <c>/stream</c>: knows who is connected, and tells them when the server stops.</summary>
internal sealed class SocketEndpoint
{
    private readonly ConcurrentDictionary<SocketConnection, bool> _connections = new();
    private readonly ServerEngine _engine;
    private readonly ParleyOptions _options;
    private readonly TimeProvider _clock;
    private readonly SocketAccess _access;
    private readonly ILogger<SocketConnection> _log;
    private readonly StopDelay _stop;

    public SocketEndpoint(
        ServerEngine engine, IOptions<ParleyOptions> options, TimeProvider clock, SocketAccess access, ILogger<SocketConnection> log, StopDelay stop)
    {
        (_engine, _options, _clock, _access, _log, _stop) = (engine, options.Value, clock, access, log, stop);
        // Before the server waits for its connections to end: these would not.
        stop.Stopping.Register(GoAway);
    }

    /// <summary>Serves one client.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw new RequestProblem(ErrorCodes.InvalidMessage, "This address speaks WebSocket; the same conversations are open to HTTP under /v1.");
        var caller = context.FindCaller();
        var client = caller ?? ConnectionLimits.Stranger(context.Connection.RemoteIpAddress);
        using var place = _access.Connections.TryEnter(client, "websocket", out var tooMany, context.Features.Get<Admission>())
            ?? throw tooMany!.ToProblem();
        using var socket = await context.WebSockets.AcceptWebSocketAsync(Credentials.ProtocolOf(context.Request));
        var frames = (context.Features.Get<IHttpUpgradeFeature>() as GatheringUpgrade)?.Stream;
        using var connection = new SocketConnection(socket, frames, caller, place, _access, _engine, _options, _clock, _log, context.RequestAborted);
        _connections.TryAdd(connection, true);
        try
        {
            if (context.Features.Get<WrongCredential>() is not null) connection.Refuse();
            if (_stop.Stopping.IsCancellationRequested) connection.Close(Closing.GoingAway);
            await connection.RunAsync();
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    private void GoAway()
    {
        foreach (var connection in _connections.Keys) connection.Close(Closing.GoingAway);
    }
}

internal static class SocketEndpoints
{
    public static void MapStreamSocket(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<ParleyOptions>>().Value;
        var pipeline = endpoints.CreateApplicationBuilder();
        var alive = TimeSpan.FromSeconds(options.KeepAliveSec);
        pipeline.Use(GatheringUpgrade.Offer);
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = alive, KeepAliveTimeout = alive });
        pipeline.Run(endpoints.ServiceProvider.GetRequiredService<SocketEndpoint>().ServeAsync);
        // HTTP/2 opens a WebSocket with CONNECT.
        endpoints.MapMethods("/stream", [HttpMethods.Get, HttpMethods.Connect], pipeline.Build()).WithMetadata(new AuthenticatesLater());
    }
}
