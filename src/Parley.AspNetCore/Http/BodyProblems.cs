using Microsoft.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>What the web server and the decompression say of a body that cannot be read to its end, as problems of the request.</summary>
internal static class BodyProblems
{
    private const string Strict = "System.IO.Compression.UseStrictValidation";

    /// <summary>
    /// Has a compressed body that was cut off be a fault: the runtime takes what there is for the whole unless the application says
    /// otherwise, before anything is decompressed. An application that has made its choice keeps it.
    /// </summary>
    public static void RefuseCutBodies()
    {
        if (!AppContext.TryGetSwitch(Strict, out _)) AppContext.SetSwitch(Strict, true);
    }

    /// <summary>Returns what is wrong with the body; null for any other fault.</summary>
    public static RequestProblem? Of(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(
            ErrorCodes.MessageTooLarge, "The body is larger than this server takes: send it in several requests."),
        // The web server's own words for a piece of a body whose size no number holds.
        IOException { InnerException: OverflowException } => new(
            ErrorCodes.InvalidMessage, "The body is not written as chunked bodies are."),
        // The second is what the library for Brotli throws.
        InvalidDataException or InvalidOperationException { Source: "System.IO.Compression.Brotli" } => new(
            ErrorCodes.InvalidMessage, "The body is not what its Content-Encoding says, or it was cut off."),
        _ => null,
    };
}
