using System.Text.Json.Serialization;

namespace Parley.Work;

/// <summary>Work that was not done, kept so that it can be: see <see cref="WorkDispatcher.Redrive"/>.</summary>
/// <param name="Item">The work.</param>
/// <param name="Reason">Why it was not done, in a word.</param>
/// <param name="Attempts">How often it was tried; 0 if it was dropped.</param>
/// <param name="At">When it was given up.</param>
public sealed record DeadLetter(WorkItem Item, string Reason, int Attempts, DateTimeOffset At)
{
    /// <summary>Gets what a model's server said beside the reason, such as <c>HTTP 429 insufficient_quota</c>; null for nothing.</summary>
    public string? Detail { get; init; }
}

/// <summary>The JSON of this namespace, snake case, made at compile time. A dead letter is one line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(WorkItem))]
public sealed partial class WorkJsonContext : JsonSerializerContext;
