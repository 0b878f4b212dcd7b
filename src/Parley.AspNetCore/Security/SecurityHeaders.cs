using Microsoft.AspNetCore.Http;
using Parley.Transcripts;

namespace Parley.AspNetCore.Security;

/// <summary>
/// What browsers are told about every answer. Static files may say how long they are kept; nothing else is kept. A transcript in HTML has a
/// policy of its own.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing but the server's own files, no inline script or style, no frames.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For a transcript in HTML, which has its style in it: that style, and nothing else.</summary>
    public static string OfTranscripts { get; } = $"{TranscriptPage.ContentSecurityPolicy}; frame-ancestors 'none'";

    public static void Add(IHeaderDictionary headers)
    {
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
