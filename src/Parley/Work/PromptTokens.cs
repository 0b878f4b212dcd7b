using Parley.Context;

namespace Parley.Work;

/// <summary>Counts the tokens of prompts.</summary>
internal static class PromptTokens
{
    // Messages have a few tokens around their words.
    private const int Overhead = 16;

    /// <summary>Returns the tokens of a prompt.</summary>
    public static int Count(Prompt prompt, ITokenCounter counter) => counter.Count(prompt.System) + counter.Count(prompt.User) + Overhead;
}
