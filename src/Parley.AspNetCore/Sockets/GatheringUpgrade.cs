using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.AspNetCore.Sockets;

/// <summary>Gives the WebSocket of a request a <see cref="GatheringStream"/> to write to.</summary>
internal sealed class GatheringUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>The stream; null before the request is upgraded.</summary>
    public GatheringStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() => Stream = new GatheringStream(await inner.UpgradeAsync());

    /// <summary>To run before WebSockets are looked for. HTTP/2 has its WebSockets another way, and sends their frames as they come.</summary>
    public static Task Offer(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade) context.Features.Set<IHttpUpgradeFeature>(new GatheringUpgrade(upgrade));
        return next(context);
    }
}
