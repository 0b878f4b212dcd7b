using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>
/// Prepares a body that is compressed (<c>Content-Encoding</c>) for the decompression that follows: bounds what it may inflate to, and
/// refuses encodings that are not known.
/// </summary>
internal sealed class EncodedBodies(RequestDelegate next, IOptions<ParleyOptions> options)
{
    /// <summary>The encodings that are taken.</summary>
    public const string Known = "br, gzip, deflate";

    public Task InvokeAsync(HttpContext context)
    {
        var encoding = context.Request.Headers.ContentEncoding;
        if (encoding.Count == 0) return next(context);
        if (encoding is not [{ } only] || !Known.Split(", ").Contains(only.Trim().ToLowerInvariant()))
        {
            throw new RequestProblem(ErrorCodes.NotSupported, $"The body's Content-Encoding is not one of {Known}.")
            {
                IsUnknownEncoding = true,
            };
        }

        // The decompression keeps to this bound, too.
        JsonBody.Bound(context.Request, options.Value.MaxBodyBytes);
        context.Features.Set(new CompressedBody());
        return next(context);
    }
}
