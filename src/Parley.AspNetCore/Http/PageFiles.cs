using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Parley.AspNetCore.Http;

/// <summary>The live page, from the assembly: nothing to install beside the server.</summary>
internal static class PageFiles
{
    private const string Folder = "wwwroot/";
    private const string Index = "index.html";

    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".jsonl"] = "application/jsonl";
        foreach (var name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var path = name[Folder.Length..];
            var file = Read(name, types.TryGetContentType(path, out var type) ? type : "application/octet-stream");
            endpoints.MapMethods(path == Index ? "/" : path, [HttpMethods.Get, HttpMethods.Head], path == Index ? file.SendAsFolderAsync : file.SendAsync)
                .ExcludeFromDescription().WithMetadata(new AllowAnonymousAttribute());
        }
    }

    private static PageFile Read(string name, string type)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal);
        return new(content, isText ? $"{type}; charset=utf-8" : type, new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(content)[..12])}\""));
    }

    private sealed record PageFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag)
    {
        // What it names stands beside it: it needs the slash, also where the application has mapped it to a path of its own.
        public Task SendAsFolderAsync(HttpContext context)
        {
            var (request, path) = (context.Request, context.Request.PathBase + context.Request.Path);
            return path.Value!.EndsWith('/') ? SendAsync(context) : TypedResults.Redirect($"{path.ToUriComponent()}/{request.QueryString}").ExecuteAsync(context);
        }

        public Task SendAsync(HttpContext context)
        {
            // Asked for again each time, and sent again only when it has changed: a page and its scripts are always of one version.
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(Content, ContentType, entityTag: Tag).ExecuteAsync(context);
        }
    }
}
