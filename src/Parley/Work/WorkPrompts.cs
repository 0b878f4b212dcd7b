using Parley.Context;
using Parley.Log;
using Parley.Semantics;

namespace Parley.Work;

/// <summary>The prompts of the handlers that ask a model. What people said stands in fences only.</summary>
internal static class WorkPrompts
{
    public static Prompt Answer(this PromptLibrary prompts, WorkItem item) => prompts.Make(
        PromptUses.Answer, ScopeOf(item), values => values.FencedContext(item.Context).Segments("question", Segment(item)));

    /// <summary>The same prompt, after an answer that could not be used.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="error">What was wrong with the answer, without a word of it; null for nothing.</param>
    public static Prompt Again(Prompt prompt, string? error) => error is null
        ? prompt
        : prompt with { User = $"{prompt.User}\n\nYour previous reply could not be used: {error}. Reply again, with JSON alone." };

    /// <summary>Asks what a batch says, with a template that has segments.</summary>
    // The latest item has the latest context: what the earlier ones saw is in it.
    public static Prompt Extract(this PromptLibrary prompts, string use, IReadOnlyList<WorkItem> batch) => prompts.Make(
        use, ScopeOf(batch[^1]), values => values.FencedContext(batch[^1].Context).Segments("segments", batch.Select(Segment)));

    private static PromptScope ScopeOf(WorkItem item) => new(item.Language, StreamKey.TenantOf(item.StreamId), item.Prompts);

    private static AnnotatedSegment Segment(WorkItem item) => new(item.Start, item.End, item.Text, item.Speaker, [], item.Intent);
}
