using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Parley.IntegrationTests.Llm;

/// <summary>How a server answers one request.</summary>
internal delegate Task Reply(HttpContext context);

internal static class Replies
{
    /// <summary>An answer in pieces, with the tokens it took if they are said.</summary>
    public static Reply Answer(params string[] pieces) => Counted(null, pieces);

    public static Reply Counted((int Input, int Output)? usage, params string[] pieces) => async context =>
    {
        foreach (var piece in pieces) await context.SendAsync(Piece(piece));
        await context.SendAsync(Finish);
        if (usage is { } tokens)
        {
            await context.SendAsync(Chunk(new JsonArray(), new JsonObject
            {
                ["prompt_tokens"] = tokens.Input,
                ["completion_tokens"] = tokens.Output,
                ["total_tokens"] = tokens.Input + tokens.Output,
            }));
        }

        await context.SendAsync("[DONE]");
    };

    /// <summary>A refusal in the server's own words.</summary>
    public static Reply Refusal(int status, string code, string message) => async context =>
    {
        context.Response.StatusCode = status;
        var error = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = code };
        await context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error });
    };

    public static Reply Status(int status, string? retryAfter = null) => async context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["message"] = "no", ["type"] = "error", ["code"] = "no" } });
    };

    /// <summary>A piece, and the connection is gone.</summary>
    public static Reply Cut(string piece) => async context =>
    {
        await context.SendAsync(Piece(piece));
        context.Abort();
    };

    /// <summary>A piece, and silence until the client has gone.</summary>
    public static Reply Silence(string piece, TaskCompletionSource? isSilent = null) => async context =>
    {
        await context.SendAsync(Piece(piece));
        isSilent?.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    };

    /// <summary>The headers of an error, and silence until the client has gone.</summary>
    public static Reply SilentError(int status) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    };

    /// <summary>An error whose body goes on until the client has gone.</summary>
    public static Reply EndlessError(int status) => async context =>
    {
        context.Response.StatusCode = status;
        var words = new string('x', 4096);
        while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(words);
    };

    /// <summary>Signs of life without a word, until the client has gone.</summary>
    public static Reply Drip() => async context =>
    {
        using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.SendAsync(Piece(""));
            await drip.WaitForNextTickAsync();
        }
    };

    /// <summary>A message that is no answer, whatever it is.</summary>
    public static Reply Raw(string data) => context => context.SendAsync(data);

    /// <summary>Piece by piece, each when the one before has been taken.</summary>
    public static Reply Paced(SemaphoreSlim taken, params string[] pieces) => async context =>
    {
        foreach (var piece in pieces)
        {
            await context.SendAsync(Piece(piece));
            await taken.WaitAsync(context.RequestAborted);
        }

        await context.SendAsync(Finish);
    };

    private static string Finish => Chunk(Choice(new JsonObject(), "stop"));

    private static string Piece(string text) => Chunk(Choice(new JsonObject { ["role"] = "assistant", ["content"] = text }, null));

    private static JsonArray Choice(JsonObject delta, string? finish) => [new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }];

    private static string Chunk(JsonArray choices, JsonObject? usage = null) => new JsonObject
    {
        ["id"] = "c",
        ["object"] = "chat.completion.chunk",
        ["created"] = 0,
        ["model"] = "m",
        ["choices"] = choices,
        ["usage"] = usage,
    }.ToJsonString();

    private static async Task SendAsync(this HttpContext context, string data)
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync($"data: {data}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
