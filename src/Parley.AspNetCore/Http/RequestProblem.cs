using System.Text.Json.Nodes;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>A request that is refused. The text is written for the other side and never repeats what people said.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>; it decides the status.</param>
/// <param name="message">What is wrong, and where.</param>
/// <param name="details">Figures for programs, such as <c>expected</c>; null where there are none.</param>
internal sealed class RequestProblem(string code, string message, JsonObject? details = null) : Exception(message)
{
    public string Code => code;

    public JsonObject? Details => details;

    /// <summary>Gets the methods that the address takes, where the request's is not one of them: a 405; null otherwise.</summary>
    public string? Allowed { get; init; }

    /// <summary>Gets whether the body is in an encoding that is not taken: a 415.</summary>
    public bool IsUnknownEncoding { get; init; }
}

internal static class ExternalIdProblems
{
    public static RequestProblem ToProblem(this ExternalIdTakenException taken) => new(
        ErrorCodes.ExternalIdTaken, "Another stream has this external_id.", new() { ["stream_id"] = StreamKey.IdOf(taken.Stream) });
}
