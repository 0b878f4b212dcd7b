using Microsoft.AspNetCore.Http;

namespace Parley.AspNetCore.Security;

internal static class CallerOf
{
    /// <summary>Who makes the request.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? new Caller(context.Connection.RemoteIpAddress?.ToString() ?? "local");
}
