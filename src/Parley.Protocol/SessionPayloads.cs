using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>A conversation has begun. Always event 1.</summary>
/// <param name="SessionId">The stream's id, under the name that older clients look for.</param>
public sealed record SessionStartedPayload(string SessionId) : ServerPayload
{
    /// <summary>
    /// Gets the rules that read it, as one word: their version and a fingerprint of what the server's application replaced. Null from older servers.
    /// </summary>
    public string? Rules { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SessionStarted;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SessionStartedPayload;
}

/// <summary>A client has come back; what it missed follows.</summary>
/// <param name="LastEventId">The last fact it says it has.</param>
/// <param name="Expected">The next chunk number the server wants, by source. A source that never sent is not in it: it begins at 1.</param>
public sealed record SessionResumedPayload(long LastEventId, IReadOnlyDictionary<string, long> Expected) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SessionResumed;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SessionResumedPayload;
}

/// <summary>A conversation has ended. A live feed ends with it; results of work that come later are found by reading.</summary>
/// <param name="Stats">What it came to.</param>
public sealed record SessionEndedPayload(SessionStats Stats) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SessionEnded;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SessionEndedPayload;
}

/// <summary>What a conversation came to. Counted from its facts alone, so that replay gives the same numbers.</summary>
public sealed record SessionStats
{
    /// <summary>Why it ended; one of <see cref="EndReasons"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Chunks accepted.</summary>
    public long ChunksReceived { get; init; }

    /// <summary>Final segments.</summary>
    public long SegmentsFinalized { get; init; }

    /// <summary>Speaker turns that ended.</summary>
    public long Turns { get; init; }

    /// <summary>Different speakers heard; the one nobody named counts as one.</summary>
    public long Speakers { get; init; }

    /// <summary>From the first word to the last, in seconds of audio time.</summary>
    public double DurationSec { get; init; }

    /// <summary>Chunks whose start was moved to the end of what their speaker had already said.</summary>
    public long OverlapClamped { get; init; }

    /// <summary>Chunks that came after their speaker's lane had closed.</summary>
    public long LateChunks { get; init; }

    /// <summary>Segments handed to a workflow, and summaries that a model was asked for.</summary>
    public long WorkRouted { get; init; }

    /// <summary>Of these, answered when the conversation ended.</summary>
    public long WorkDone { get; init; }

    /// <summary>Of these, failed for good when the conversation ended.</summary>
    public long WorkFailed { get; init; }

    /// <summary>Of these, dropped under load when the conversation ended, and not answered since.</summary>
    public long WorkDropped { get; init; }

    /// <summary>
    /// Of these, taken over by a later segment that goes on from them, or covered by a later summary. Left out for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long WorkJoined { get; init; }

    /// <summary>Gets the code of the language that was spoken, such as <c>de</c>; null where it is not known.</summary>
    public string? Language { get; init; }
}
