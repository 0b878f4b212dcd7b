using Microsoft.AspNetCore.Http;
using Parley.AspNetCore.Observability;

namespace Parley.AspNetCore.Http;

/// <summary>
/// Ends requests that go on while the server stops, so that no client holds up its end: one that reads nothing, or sends too slowly.
/// </summary>
internal sealed class CutAtStop(RequestDelegate next, StopDelay stop)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await using var cut = stop.Cut.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        await next(context);
    }
}
