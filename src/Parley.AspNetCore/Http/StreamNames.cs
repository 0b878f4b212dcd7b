using Microsoft.AspNetCore.Http;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>
/// From what a client calls a stream, by its id or its external id, to what the log does. No tenant can name another tenant's stream.
/// </summary>
internal static class StreamNames
{
    /// <summary>The id in its one spelling; null where it is none.</summary>
    public static string? Normalise(string? id) => StreamId.TryParse(id, out var uuid) ? StreamId.From(uuid) : null;

    /// <summary>The key of the stream that a request names in its address.</summary>
    /// <exception cref="RequestProblem">No stream has that name.</exception>
    public static ValueTask<string> KeyOfPathAsync(
        this HttpContext context, IEventLog log, string id, CancellationToken cancellationToken) =>
        context.KeyOfAsync(log, PathText.Of(context, "id", id), cancellationToken);

    /// <summary>The key of the stream that a request names elsewhere.</summary>
    /// <exception cref="RequestProblem">No stream has that name.</exception>
    public static async ValueTask<string> KeyOfAsync(
        this HttpContext context, IEventLog log, string id, CancellationToken cancellationToken) =>
        await FindKeyAsync(log, context.Caller().Tenant, id, cancellationToken) ?? throw NotFound();

    /// <summary>The key of a tenant's stream; null where no stream can have that name, or none has that external id.</summary>
    public static async ValueTask<string?> FindKeyAsync(IEventLog log, string? tenant, string id, CancellationToken cancellationToken) =>
        Normalise(id) is { } own ? StreamKey.Of(tenant, own)
        : StreamDescription.IsExternalId(id) ? (await log.FindExternalAsync(tenant, id, cancellationToken))?.Stream
        : null;

    public static RequestProblem NotFound() => new(ErrorCodes.StreamNotFound, "There is no such stream.");
}
