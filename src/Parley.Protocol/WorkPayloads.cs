using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>A final segment was handed to a workflow.</summary>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Intent">What led there.</param>
/// <param name="Replaces">
/// The earlier segment whose work this takes over, where a sentence was cut in two and that work has not started.
/// </param>
public sealed record WorkflowRoutedPayload(string Workflow, string Intent, string? Replaces = null) : ServerPayload
{
    /// <summary>
    /// Gets whether a model looks for actions and decisions in what was said, because the language is one that the intents do not know.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Extracts { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.WorkflowRouted;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.WorkflowRoutedPayload;
}

/// <summary>An answer as it is being given. Not a fact: it may be dropped, and the next one replaces it.</summary>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Text">The answer so far.</param>
/// <param name="Attempt">Which attempt gives it, from 1; a later one begins anew.</param>
public sealed record WorkflowProgressPayload(string Workflow, string Text, int Attempt) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.WorkflowProgress;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.WorkflowProgressPayload;
}

/// <summary>A workflow has answered. Applied once per segment, workflow and handler.</summary>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Handler">Who answered, with its version.</param>
/// <param name="Text">The answer, for people.</param>
/// <param name="Data">The answer, for programs; null where text is all.</param>
public sealed record WorkflowResultPayload(string Workflow, string Handler, string Text, JsonElement? Data = null) : ServerPayload
{
    /// <summary>
    /// Gets the template of the prompt that led to it, and a hash of its text, such as <c>answer.de@1f2e3d4c</c>; null where no model
    /// answered.
    /// </summary>
    public string? Prompt { get; init; }

    /// <summary>
    /// Gets what the conversation has used of the model by now, where the server has a budget for it; else null. It is stored so that the
    /// budget
    /// survives a restart.
    /// </summary>
    public ModelUsage? Usage { get; init; }

    /// <summary>
    /// Gets what this took of models, with every attempt; of work that was done in a batch, its part. Null if no model was asked, and from
    /// older servers.
    /// </summary>
    public TokenUsage? Used { get; init; }

    /// <summary>Gets why the answer is cut, in a word such as <c>length</c>; null if it is complete.</summary>
    public string? CutReason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.WorkflowResult;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.WorkflowResultPayload;
}

/// <summary>Work was given up under load. It waits among the dead letters.</summary>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Reason">Why, such as <c>queue_full</c>.</param>
public sealed record WorkflowDroppedPayload(string Workflow, string Reason) : ServerPayload
{
    /// <summary>
    /// The reason of work whose words are in a later segment's, which took its place: nothing of it is missing, and nothing was
    /// dropped.
    /// </summary>
    public const string Joined = "joined";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.WorkflowDropped;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.WorkflowDroppedPayload;
}

/// <summary>Work failed for good. It waits among the dead letters.</summary>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Handler">Who tried, with its version.</param>
/// <param name="Reason">Why, without a word of what people said.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record WorkflowFailedPayload(string Workflow, string Handler, string Reason, int Attempts) : ServerPayload
{
    /// <summary>
    /// Gets what the conversation has used of the model by now, where the server has a budget for it; else null. It is stored so that the
    /// budget
    /// survives a restart.
    /// </summary>
    public ModelUsage? Usage { get; init; }

    /// <summary>
    /// Gets what this took of models, with every attempt; of work that was done in a batch, its part. Null if no model was asked, and from
    /// older servers.
    /// </summary>
    public TokenUsage? Used { get; init; }

    /// <summary>Gets what a model's server said beside the reason, such as <c>HTTP 429 insufficient_quota</c>; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.WorkflowFailed;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.WorkflowFailedPayload;
}

/// <summary>A summary of part of the conversation.</summary>
/// <param name="Text">The summary.</param>
/// <param name="FromEventId">The first fact it covers.</param>
/// <param name="ToEventId">The last fact it covers.</param>
/// <param name="Kind">One of <see cref="SummaryKinds"/>.</param>
public sealed record SummaryPayload(string Text, long FromEventId, long ToEventId, string Kind) : ServerPayload
{
    /// <summary>
    /// Gets the template of the prompt that led to it, and a hash of its text, such as <c>summary_final@1f2e3d4c</c>; null where no model
    /// wrote it.
    /// </summary>
    public string? Prompt { get; init; }

    /// <summary>
    /// Gets what the conversation has used of the model by now, where the server has a budget for it; else null. It is stored so that the
    /// budget
    /// survives a restart.
    /// </summary>
    public ModelUsage? Usage { get; init; }

    /// <summary>
    /// Gets what this took of models, with every attempt; of work that was done in a batch, its part. Null if no model was asked, and from
    /// older servers.
    /// </summary>
    public TokenUsage? Used { get; init; }

    /// <summary>Gets who wrote it: one of <see cref="SummaryAuthors"/>. Null from older servers, which did not say.</summary>
    public string? Author { get; init; }

    /// <summary>Gets the name of the model that wrote it; null if no model did, or the model's server did not say.</summary>
    public string? Model { get; init; }

    /// <summary>Gets why no model wrote it: one of <see cref="SummaryReasons"/>. Null if a model did, and from older servers.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Gets the names that the text has for speakers, each with the id of its speaker. Null if there are none, and from older servers.
    /// <see cref="SummaryText.Named"/> puts the speakers' current names in their place.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Speakers { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.Summary;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SummaryPayload;
}
