using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>Responses byte for byte as servers send them.</summary>
internal static class Wire
{
    public const string Done = "data: [DONE]\n\n";

    /// <summary>As OpenAI answers.</summary>
    public static Reply Plain(string answer) => Stream(
        Event(Delta(answer)), Event("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""), Done);

    /// <summary>A body in pieces, each sent by itself.</summary>
    public static Reply Stream(params string[] pieces) => Body("text/event-stream", pieces);

    public static Reply Body(string type, params string[] pieces) => async context =>
    {
        context.Response.ContentType = type;
        foreach (var piece in pieces)
        {
            await context.Response.WriteAsync(piece);
            await context.Response.Body.FlushAsync();
        }
    };

    public static Reply Json(int status, string body) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    };

    /// <summary>A body in pieces, and the connection is gone.</summary>
    public static Reply Broken(params string[] pieces) => async context =>
    {
        await Stream(pieces)(context);
        context.Abort();
    };

    public static string Event(string json) => $"data: {json}\n\n";

    /// <summary>A piece of an answer; <paramref name="finish"/> is JSON.</summary>
    public static string Delta(string text, string finish = "null", string role = "\"assistant\"", string more = "") =>
        $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":{{role}},"content":{{Text(text)}}},"finish_reason":{{finish}}}]{{more}}}""";

    /// <summary>A piece of another field of the delta, such as <c>reasoning_content</c>.</summary>
    public static string Field(string name, string value) =>
        $$"""{"choices":[{"index":0,"delta":{"{{name}}":{{value}}},"finish_reason":null}]}""";

    /// <summary>A whole answer that is not streamed.</summary>
    public static string Whole(string answer) =>
        $$"""{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":{{Text(answer)}}},"finish_reason":"stop"}]}""";

    public static string End(string finish = "\"stop\"") => Event($$"""{"choices":[{"index":0,"delta":{},"finish_reason":{{finish}}}]}""");

    public static string Text(string text) => JsonSerializer.Serialize(text);

    /// <summary>An answer in events of a few characters each, so that markers are split.</summary>
    public static string[] Split(string text, int size) => [.. text.Chunk(size).Select(piece => Event(Delta(new string(piece))))];

    public static bool Has(this ModelRequest request, string field) => request.Body[field] is not null;

    public static bool HasRole(this ModelRequest request, string role) =>
        request.Body["messages"]!.AsArray().Any(message => (string)message!["role"]! == role);

    public static string? FormatType(this ModelRequest request) => (string?)request.Body["response_format"]?["type"];

    public static int Limit(this ModelRequest request) =>
        (int?)request.Body["max_tokens"] ?? (int?)request.Body["max_completion_tokens"] ?? 0;
}
