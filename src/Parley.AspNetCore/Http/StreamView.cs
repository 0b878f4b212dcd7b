using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>A stream, in a list or by itself.</summary>
/// <param name="StreamId">Its id.</param>
/// <param name="State"><c>live</c> (takes input), <c>draining</c> (its end was asked for) or <c>ended</c>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; left out before.</param>
/// <param name="LastEventId">The number of the last event.</param>
/// <param name="DurationSec">From the first word to the last, in seconds of audio time.</param>
/// <param name="Speakers">How many different speakers were heard.</param>
/// <param name="Chunks">How many chunks were accepted.</param>
/// <param name="Segments">How many segments are final.</param>
internal record StreamView(
    string StreamId, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long LastEventId, double DurationSec, long Speakers, long Chunks, long Segments)
{
    /// <summary>True where what is kept of the stream cannot be read: its figures are 0, and unknown. Left out elsewhere.</summary>
    public bool? IsUnreadable { get; init; }

    /// <summary>The code of the language that it is read in, such as <c>de</c>; left out where it is not known.</summary>
    public string? StreamLanguage { get; init; }

    /// <summary>What the client calls it. The fields below are its fields.</summary>
    internal StreamDescription Description { get; init; } = StreamDescription.None;

    /// <summary>The id that another system has for it; left out where there is none.</summary>
    public string? ExternalId => Description.ExternalId;

    /// <summary>Its title; left out where it has none.</summary>
    public string? Title => Description.Title;

    /// <summary>Who takes part; left out where nobody is named.</summary>
    public IReadOnlyList<Participant>? Participants => Description.Participants;

    /// <summary>Its labels; left out where it has none.</summary>
    public IReadOnlyDictionary<string, string>? Labels => Description.Labels;

    /// <summary>The language that is spoken, as the client says; left out where it does not.</summary>
    public string? Language => Description.Language;

    /// <summary>Everything else that the client keeps with it; left out where there is nothing.</summary>
    public JsonElement? Metadata => Description.Metadata;
}

/// <summary>What opens a stream: the settings of its conversation, and what it is known and found by. All of it is optional.</summary>
internal sealed record OpenBody(
    double? MaxGapSec, double? TurnGapSec, double? MaxSegmentSec, double? IdleFinalSec, bool? Redact, bool? CommitWithdrawn,
    int? SmoothSpeakerWords, double? CloseOnEndOfTurn, double? EndOfTurnPauseSec, string? Model, double? ModelTemperature, int? ModelOutputTokens,
    string? Prompts, string? StreamId, string? ExternalId, string? Title,
    IReadOnlyList<Participant>? Participants, IReadOnlyDictionary<string, string>? Labels,
    string? Language, JsonElement? Metadata);

/// <summary>A JSON merge patch of what a stream is known and found by: null removes a field, labels and metadata are merged.</summary>
internal sealed record DescriptionBody(
    string? ExternalId, string? Title, IReadOnlyList<Participant>? Participants, IReadOnlyDictionary<string, string?>? Labels,
    string? Language, JsonElement? Metadata);

/// <summary>A stream by itself.</summary>
internal sealed record StreamDetail(
    string StreamId, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long LastEventId, double DurationSec, long Speakers, long Chunks, long Segments)
    : StreamView(StreamId, State, StartedAt, EndedAt, LastEventId, DurationSec, Speakers, Chunks, Segments)
{
    /// <summary>What it came to so far.</summary>
    [JsonPropertyOrder(1)]
    public required SessionStats Stats { get; init; }

    /// <summary>The next sequence of every source; <c>""</c> is the one without a name.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyDictionary<string, long> Expected { get; init; }

    /// <summary>Segments that are being said.</summary>
    [JsonPropertyOrder(1)]
    public required int OpenSegments { get; init; }

    /// <summary>Work that has no outcome yet.</summary>
    [JsonPropertyOrder(1)]
    public required int OpenWork { get; init; }

    /// <summary>What results, failures and summaries took of models together. Left out if no model was asked.</summary>
    [JsonPropertyOrder(1)]
    public TokenUsage? Used { get; init; }

    /// <summary>The summary that covers most: the final one, else the last. Left out before the first.</summary>
    [JsonPropertyOrder(1)]
    public SummaryView? Summary { get; init; }
}

/// <summary>Streams, the newest first.</summary>
/// <param name="Streams">As many as were asked for.</param>
/// <param name="Before">Ask again with this to get those before; left out at the end.</param>
internal sealed record StreamList(IReadOnlyList<StreamView> Streams, string? Before);
