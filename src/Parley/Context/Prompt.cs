namespace Parley.Context;

/// <summary>What a model is asked.</summary>
/// <param name="System">Who it is and what it may trust.</param>
/// <param name="User">The task, with the fenced words of the conversation.</param>
public sealed record Prompt(string System, string User);
