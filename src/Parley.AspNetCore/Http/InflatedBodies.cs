using Microsoft.AspNetCore.Http;
using Parley.AspNetCore.Limits;

namespace Parley.AspNetCore.Http;

/// <summary>Counts a request whose compressed body is large among the costly calls. It comes after the decompression.</summary>
internal sealed class InflatedBodies(RequestDelegate next, CostlyCalls costly)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<CompressedBody>() is not null)
            context.Request.Body = new InflatedBody(context.Request.Body, cancellation => costly.EnterAsync(context, cancellation));
        return next(context);
    }
}

/// <summary>Says that the body of a request came compressed; its decompression takes the header away.</summary>
internal sealed record CompressedBody;
