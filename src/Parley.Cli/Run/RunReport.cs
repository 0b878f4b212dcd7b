using System.Text.Json.Serialization;
using Parley.Protocol;

namespace Parley.Cli.Run;

/// <summary>What a run came to: <c>report.json</c>.</summary>
internal sealed record RunReport
{
    /// <summary>The conversation's id, as in <c>events.jsonl</c>.</summary>
    public required string StreamId { get; init; }

    /// <summary>What the lines were; of a recogniser that could not be told, null.</summary>
    public string? Format { get; set; }

    /// <summary>The code of the language that was spoken, such as <c>de</c>; null where it is not known.</summary>
    public string? Language { get; set; }

    /// <summary>Lines read that were not blank.</summary>
    public long Lines { get; set; }

    /// <summary>Chunks accepted.</summary>
    public long Chunks { get; set; }

    /// <summary>Lines that were no chunk, or one that breaks the contract.</summary>
    public long Refused { get; set; }

    /// <summary>Lines of plain chunks that were read although a field is otherwise than the contract has it.</summary>
    public long Warnings { get; set; }

    /// <summary>Accepted chunks moved to the end of what their speaker had already said.</summary>
    public long Clamped { get; set; }

    /// <summary>Accepted chunks that came after their speaker's segment had closed.</summary>
    public long Late { get; set; }

    /// <summary>Words of the accepted chunks.</summary>
    public long WordsIn { get; set; }

    /// <summary>Words of the final segments. Equal to <see cref="WordsIn"/>, or words were lost.</summary>
    public long WordsOut { get; set; }

    /// <summary>Final segments.</summary>
    public long Segments { get; set; }

    /// <summary>Of these, those that go on from an earlier one that somebody else's words cut off.</summary>
    public long Continuations { get; set; }

    /// <summary>Turns that ended; a short interjection does not end the turn it falls into.</summary>
    public long Turns { get; set; }

    /// <summary>What was out of order with a recogniser's messages, counted by kind; null for plain chunks.</summary>
    public SortedDictionary<string, long>? Anomalies { get; set; }

    /// <summary>
    /// The text that a recogniser sent and that was left out, or that may have been said twice; null for plain chunks.
    /// </summary>
    public AnomalyRecords? AnomalyRecords { get; set; }

    /// <summary>Messages that could not be read, or that said nothing in their format.</summary>
    [JsonIgnore]
    public long Unread => Anomalies is { } counts ? counts.GetValueOrDefault("malformed") + counts.GetValueOrDefault("unknown_message") : 0;

    /// <summary>Different speakers; the one nobody named counts as one.</summary>
    public long Speakers { get; set; }

    /// <summary>From the first start to the last end, in seconds of audio time.</summary>
    public double AudioSec { get; set; }

    /// <summary>Calls of a model.</summary>
    public long LlmCalls { get; set; }

    /// <summary>What results, failures and summaries took of the model together; null if it was not asked.</summary>
    public TokenUsage? Used { get; set; }

    /// <summary>Who wrote the summary: <c>model</c> or <c>extractive</c>; null without one.</summary>
    public string? SummaryAuthor { get; set; }

    /// <summary>Segments whose work a model was asked to do, and summaries that it was asked for.</summary>
    public long WorkRouted { get; set; }

    /// <summary>Of these, done.</summary>
    public long WorkDone { get; set; }

    /// <summary>Of these, failed.</summary>
    public long WorkFailed { get; set; }

    /// <summary>Of these, dropped under load.</summary>
    public long WorkDropped { get; set; }

    /// <summary>Of these, taken over by a segment that went on from them.</summary>
    public long WorkJoined { get; set; }

    /// <summary>Gets how much of it had no answer when the run ended.</summary>
    [JsonIgnore]
    public long WorkOpen => WorkRouted - WorkDone - WorkFailed - WorkDropped - WorkJoined;

    /// <summary>Gets why work failed or was dropped, and how often for each reason.</summary>
    public SortedDictionary<string, long> WorkReasons { get; } = new(StringComparer.Ordinal);

    /// <summary>How long the run took, in seconds.</summary>
    public double ElapsedSec { get; set; }

    /// <summary>Whether the run was stopped before the end of its input.</summary>
    public bool Stopped { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class RunJson : JsonSerializerContext;
