namespace Parley.Context;

/// <summary>What a model is asked.</summary>
/// <param name="System">Who it is and what it may trust.</param>
/// <param name="User">The task, with the fenced words of the conversation.</param>
public sealed record Prompt(string System, string User)
{
    /// <summary>
    /// Gets the template that it was made from, and a hash of its text and of the system prompt's, such as <c>answer.de@1f2e3d4c</c>;
    /// null where it was made without one.
    /// </summary>
    public string? Version { get; init; }
}
