using System.Net.WebSockets;
using System.Threading.Channels;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>How the server ends a connection.</summary>
/// <param name="Status">The status of the close frame.</param>
/// <param name="Reason">Its reason: at most 123 bytes.</param>
/// <param name="Code">The code of the error said before it; null for none.</param>
/// <param name="Message">The error's text.</param>
internal sealed record Closing(WebSocketCloseStatus Status, string Reason, string? Code = null, string Message = "")
{
    /// <summary>The client has closed, or is gone.</summary>
    public static Closing ByClient { get; } = new(WebSocketCloseStatus.NormalClosure, "");

    public static Closing Ended { get; } = new(WebSocketCloseStatus.NormalClosure, "the conversation has ended");

    public static Closing TooSlow { get; } = new(
        WebSocketCloseStatus.PolicyViolation, "too slow: resume", ErrorCodes.TooSlow, "This viewer reads too slowly: resume after the last event it got.");

    public static Closing GoingAway { get; } = new(
        WebSocketCloseStatus.EndpointUnavailable, "going away: resume", ErrorCodes.GoingAway,
        "The server is stopping: connect again in a moment, resume after the last event, and send what was not acknowledged.");

    public static Closing Erased { get; } = new(
        WebSocketCloseStatus.NormalClosure, "the stream was erased", ErrorCodes.StreamErased, "The stream was erased; nothing of it is left.");

    public static Closing PutAway { get; } = new(
        WebSocketCloseStatus.EndpointUnavailable, "put away: resume", ErrorCodes.GoingAway,
        "The conversation was put away while something waited for more: resume after the last event, and send what was not acknowledged.");

    public static Closing Storage { get; } = new(
        WebSocketCloseStatus.InternalServerError, "storage unavailable: resume", ErrorCodes.StorageUnavailable,
        "The log cannot be written; what was acknowledged is safe. Resume later, and send what was not acknowledged.");

    public static Closing Damaged { get; } = new(
        WebSocketCloseStatus.InternalServerError, "the stream is damaged", ErrorCodes.StorageUnavailable, Http.Problems.Damaged);

    public static Closing Unauthorized { get; } = new(
        WebSocketCloseStatus.PolicyViolation, "unauthorized", ErrorCodes.Unauthorized, "A valid key or token is needed.");

    public static Closing Expired { get; } = new(
        WebSocketCloseStatus.PolicyViolation, "token expired: resume", ErrorCodes.Unauthorized,
        "The token has expired: connect again with a new one, resume after the last event, and send what was not acknowledged.");

    public static Closing TooMany { get; } = new(WebSocketCloseStatus.PolicyViolation, "too many connections");

    public static Closing Fault { get; } = new(
        WebSocketCloseStatus.InternalServerError, "internal error: resume", ErrorCodes.Internal, "A fault of the server. Its log says what it was.");

    /// <summary>Returns how a connection ends whose conversation or log failed; null for any other problem.</summary>
    public static Closing? For(Exception problem) => problem switch
    {
        StreamErasedException => Erased,
        StreamUnreadableException => Damaged,
        EventLogUnavailableException or SequenceConflictException => Storage,
        ChannelClosedException => PutAway,
        _ => null,
    };
}
