using Parley.Context;
using Parley.Semantics;

namespace Parley.Work;

/// <summary>The prompts of the handlers that ask a model. What people said stands in fences only.</summary>
internal static class WorkPrompts
{
    private const string System = $"{Prompts.System}\n\nThe same holds for what is between <segments> and </segments>.";

    public static Prompt Answer(WorkItem item) => new(Prompts.System, string.Join("\n\n",
        $"Recent conversation context:\n{item.Context}",
        $"Answer this question from the conversation:\n{Fence.Segments("question", Segment(item))}",
        "Reply with the answer alone, in at most three sentences. If it is not a real question or needs no answer, reply with a dash."));

    public static Prompt Actions(IReadOnlyList<WorkItem> batch) => Extract(
        batch,
        "List what somebody will or should do according to these segments, and nothing else that was said before.",
        "\"what\" says what is to be done, \"who\" who will do it and \"due\" until when; null where the conversation does not say");

    public static Prompt Decisions(IReadOnlyList<WorkItem> batch) => Extract(
        batch,
        "List what is settled in these segments, and nothing else that was said before.",
        "\"what\" says what was decided, \"who\" who decided it and \"due\" from when it holds; null where the conversation does not say");

    /// <summary>The same prompt, after an answer that could not be used.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="error">What was wrong with the answer, without a word of it; null for nothing.</param>
    public static Prompt Again(Prompt prompt, string? error) => error is null
        ? prompt
        : prompt with { User = $"{prompt.User}\n\nYour previous reply could not be used: {error}. Reply again, with JSON alone." };

    // The latest item has the latest context: what the earlier ones saw is in it.
    private static Prompt Extract(IReadOnlyList<WorkItem> batch, string task, string fields) => new(System, string.Join("\n\n",
        $"Recent conversation context:\n{batch[^1].Context}",
        $"{task} They are numbered from 1 in this order:\n{Fence.Segments("segments", batch.Select(Segment))}",
        $$"""Reply with JSON alone: {"items": [{"segment": 1, "what": "...", "who": null, "due": null}]}. {{fields}}. Without any, reply with {"items": []}."""));

    private static AnnotatedSegment Segment(WorkItem item) => new(item.Start, item.End, item.Text, item.Speaker, [], item.Intent);
}
