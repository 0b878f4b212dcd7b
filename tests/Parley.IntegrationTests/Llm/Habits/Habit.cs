namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>What a server does that others do not, and what comes of it for two questions and an action item.</summary>
/// <param name="Name">The server or kind of server, and the public report that describes the habit.</param>
/// <param name="Reply">How the server answers a request with the true answer, on its n-th call from 1.</param>
internal sealed record Habit(string Name, Func<ModelRequest, string, int, Reply> Reply)
{
    /// <summary>Gets how often the server is called in all. Default: 3, once for each item.</summary>
    public int Calls { get; init; } = 3;

    /// <summary>Gets what becomes of each item. Default: answered whole.</summary>
    public Fate Fate { get; init; } = Fate.Whole;

    /// <summary>Gets why items fail, if they do.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what viewers see of the questions' answers while they come. Default: both answers, once each.</summary>
    public string? Shown { get; init; }

    /// <summary>Gets the name of the model that is asked. Default: one that says nothing.</summary>
    public string Model { get; init; } = "m";

    /// <summary>Returns a habit that is the same at every call.</summary>
    public static Habit Of(string name, Func<string, Reply> reply) => new(name, (_, answer, _) => reply(answer));

    /// <summary>Returns a habit of refusing some requests; the others are answered as OpenAI answers.</summary>
    public static Habit Refusing(string name, Func<ModelRequest, bool> refuses, int status, string body, int refusals = 1) => new(
        name, (request, answer, _) => refuses(request) ? Wire.Json(status, body) : Wire.Plain(answer))
    { Calls = 3 + refusals };
}

/// <summary>What becomes of an item.</summary>
internal enum Fate
{
    /// <summary>The answer is delivered whole.</summary>
    Whole,

    /// <summary>The answer is delivered, marked as cut; JSON that is cut is a dead letter.</summary>
    Cut,

    /// <summary>The item is a dead letter.</summary>
    Failed,
}
