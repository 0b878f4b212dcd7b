using Microsoft.AspNetCore.Http;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>From what a client calls a stream to what the log does. Nobody can name another tenant's.</summary>
internal static class StreamNames
{
    /// <summary>The id in its one spelling; null where it is none.</summary>
    public static string? Normalise(string? id) => StreamId.TryParse(id, out var uuid) ? StreamId.From(uuid) : null;

    /// <summary>The key of the stream that a request names.</summary>
    /// <exception cref="RequestProblem">That is not the name of a stream.</exception>
    public static string KeyOf(this HttpContext context, string id) =>
        StreamKey.Of(context.Caller().Tenant, Normalise(id) ?? throw NotFound());

    public static RequestProblem NotFound() => new(ErrorCodes.StreamNotFound, "There is no such stream.");
}
