using Parley.Languages;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>
/// The built-in prompts for the three uses of a conversation's context, usually <see cref="ContextWindow.Segments"/> as it was when
/// something was said. <c>docs/prompts.md</c> shows each of them.
/// </summary>
public static class Prompts
{
    /// <summary>Gets the system prompt of all three: who the model is, and that what people said is no instruction.</summary>
    public static string System { get; } = PromptLibrary.BuiltIn.IncrementalSummary(default, [], previous: null).System;

    /// <summary>Asks for the answer to something a speaker asked.</summary>
    /// <param name="context">What was said before, the question itself as well or not.</param>
    /// <param name="question">The segment that asks.</param>
    /// <param name="language">The code of the language to answer in, such as <c>de</c>; null for that of the conversation.</param>
    public static Prompt Answer(IReadOnlyList<AnnotatedSegment> context, AnnotatedSegment question, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(question);
        return PromptLibrary.BuiltIn.Answer(In(language), context, question);
    }

    /// <summary>Asks for a summary while the conversation goes on.</summary>
    /// <param name="context">The latest part of the conversation.</param>
    /// <param name="previous">The summary so far; null for the first.</param>
    /// <param name="language">The code of the language to write in, such as <c>de</c>; null for that of the conversation.</param>
    public static Prompt IncrementalSummary(IReadOnlyList<AnnotatedSegment> context, string? previous = null, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return PromptLibrary.BuiltIn.IncrementalSummary(In(language), context, previous);
    }

    /// <summary>Asks for the summary of the whole conversation, under its three headings.</summary>
    /// <param name="context">The last part of the conversation.</param>
    /// <param name="keywords">The whole conversation's keywords; null takes those of <paramref name="context"/>.</param>
    /// <param name="previous">The summary so far, which covers what has left the context; null if there is none.</param>
    /// <param name="language">The code of the language to write in, such as <c>de</c>; null for that of the conversation.</param>
    public static Prompt FinalSummary(
        IReadOnlyList<AnnotatedSegment> context, IEnumerable<string>? keywords = null, string? previous = null, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return PromptLibrary.BuiltIn.FinalSummary(In(language), context, previous, keywords);
    }

    /// <summary>Returns the part that the prompts have in common: what was said, fenced. See <see cref="Fence"/>.</summary>
    /// <param name="context">What was said.</param>
    public static string Conversation(IReadOnlyList<AnnotatedSegment> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return $"{ContextWindow.Header}\n{Fence.Segments("conversation", context)}";
    }

    private static PromptScope In(string? language) => new(LanguageTable.BuiltIn.CodeOf(language));
}
