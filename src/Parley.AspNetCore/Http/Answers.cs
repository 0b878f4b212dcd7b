using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.AspNetCore.Http;

/// <summary>A stream was opened, or found.</summary>
/// <param name="StreamId">Its id.</param>
internal sealed record OpenedAnswer(string StreamId);

/// <summary>What became of what was sent. Nothing that is counted here can be lost any more.</summary>
/// <param name="Accepted">Taken.</param>
/// <param name="Duplicates">Had been taken before, and changed nothing.</param>
/// <param name="LastSequence">The last number that was taken or had been; left out where none was. Where there are several sources, of the
/// one that was last.</param>
/// <param name="Problems">Parts of recognisers' messages that were left out because they were written wrongly; left out where there were
/// none.</param>
/// <param name="Pending">
/// Those after them that cannot be told to be safe before more comes, as what redaction holds; left out where there are none. Send them
/// again with the next.
/// </param>
/// <param name="LastSequences">The last number of each source, where what was taken is of more than one; else left out.</param>
internal sealed record SentAnswer(
    long Accepted, long Duplicates, long? LastSequence, long? Problems = null, long? Pending = null, IReadOnlyDictionary<string, long>? LastSequences = null);

/// <summary>What became of a finished transcript.</summary>
/// <param name="Format">The format that it was read as.</param>
/// <param name="Accepted">Its chunks that were taken.</param>
/// <param name="Duplicates">Those that had been taken before.</param>
/// <param name="LastSequence">The number of the last one; left out where there was none.</param>
/// <param name="Problems">Those that the stream took and could not use; left out where there were none.</param>
/// <param name="Pending">The last ones that have no receipt yet, as what redaction holds; left out where there are none.</param>
/// <param name="Anomalies">What was out of order in the file, counted by kind; left out where nothing was.</param>
internal sealed record UploadAnswer(
    string Format, long Accepted, long Duplicates, long? LastSequence, long? Problems, long? Pending,
    IReadOnlyDictionary<string, long>? Anomalies);

/// <summary>What a model would be given now.</summary>
/// <param name="Text">The window as it stands in a prompt, fenced. Empty for an empty one.</param>
/// <param name="Tokens">About how many tokens that is, without the fence.</param>
/// <param name="MaxTokens">The most that it may have; left out where there is no limit.</param>
/// <param name="MaxSegments">The most segments in it.</param>
/// <param name="MaxTimeSec">How far back it reaches, in seconds of audio time.</param>
/// <param name="Segments">The window as a list.</param>
/// <param name="Keywords">Its keywords, each once.</param>
/// <param name="Summary">The last summary; left out before the first.</param>
internal sealed record ContextAnswer(
    string Text, int Tokens, int? MaxTokens, int MaxSegments, double MaxTimeSec, IReadOnlyList<AnnotatedSegment> Segments, IReadOnlyList<string> Keywords, SummaryPayload? Summary);

/// <summary>What came of the workflows.</summary>
/// <param name="Results">In the order in which they were asked for.</param>
/// <param name="Outcomes">The decisions and action items, in the order of the segments that say them.</param>
/// <param name="Summary">The summary that covers most; left out before the first.</param>
internal sealed record ResultsAnswer(IReadOnlyList<WorkResultView> Results, IReadOnlyList<OutcomeAnswer> Outcomes, SummaryView? Summary);

/// <summary>A decision or an action item.</summary>
/// <param name="Kind">decision or action_item.</param>
/// <param name="What">What was decided or is to be done.</param>
/// <param name="Who">Who will do it, or who decided it; left out where that is not known.</param>
/// <param name="Due">By when, or from when, as it was said; left out where it was not.</param>
/// <param name="Candidate">Whether rules found it and no model has read it.</param>
/// <param name="SegmentId">The segment that says it.</param>
/// <param name="Quote">The words that say it, exactly; of a model's item all of the segment.</param>
/// <param name="SpeakerId">Who said them.</param>
/// <param name="Start">Where the segment starts, in seconds of audio time.</param>
internal sealed record OutcomeAnswer(
    string Kind, string What, string? Who, string? Due, bool Candidate, string SegmentId, string? Quote, string? SpeakerId, double? Start);

/// <summary>What came of one segment in one workflow.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Intent">What led there.</param>
/// <param name="State">done, dropped, failed or replaced.</param>
/// <param name="Said">What was said.</param>
/// <param name="SpeakerId">By whom.</param>
/// <param name="Start">When, in seconds of audio time.</param>
/// <param name="Text">The answer, for people.</param>
/// <param name="Data">The answer, for programs.</param>
/// <param name="Handler">Who answered.</param>
/// <param name="Reason">Why it was dropped or failed.</param>
/// <param name="CutReason">Why the answer is cut, in a word such as length; left out if it is complete.</param>
/// <param name="Prompt">The template of the prompt that led to the answer, and a hash of its text; left out if no model answered.</param>
/// <param name="Used">What the answer took of models, and what failed attempts took; left out if no model was asked.</param>
internal sealed record WorkResultView(
    string SegmentId,
    string Workflow,
    string? Intent,
    string State,
    string? Said,
    string? SpeakerId,
    double? Start,
    string? Text,
    JsonElement? Data,
    string? Handler,
    string? Reason,
    string? CutReason,
    string? Prompt,
    TokenUsage? Used);

/// <summary>Work that was not done.</summary>
/// <param name="DeadLetters">The oldest stream's first.</param>
/// <param name="After">What to ask for the next with; left out where there are no more.</param>
/// <param name="Unreadable">Streams that were left out, since what is kept of them cannot be read; left out where there are none.</param>
internal sealed record DeadLetterList(IReadOnlyList<DeadLetterView> DeadLetters, string? After, IReadOnlyList<string>? Unreadable);

/// <summary>A piece of work that was not done.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="SegmentId">The segment; of a summary its kind and range, as summary-final-1-40.</param>
/// <param name="Workflow">question, action_item, decision or general; summary for a summary.</param>
/// <param name="Intent">What led there; empty for a summary.</param>
/// <param name="Text">What was said; empty for a summary.</param>
/// <param name="SpeakerId">By whom.</param>
/// <param name="Start">When, in seconds of audio time.</param>
/// <param name="Reason">Why it was not done, in a word.</param>
/// <param name="Detail">
/// What the model's server said beside the reason, such as <c>HTTP 429 insufficient_quota</c>; left out for nothing.
/// </param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was given up.</param>
internal sealed record DeadLetterView(
    string StreamId,
    string SegmentId,
    string Workflow,
    string Intent,
    string Text,
    string? SpeakerId,
    double Start,
    string Reason,
    string? Detail,
    int Attempts,
    DateTimeOffset At);

/// <summary>What to try again.</summary>
/// <param name="StreamId">Of this stream only.</param>
/// <param name="SegmentId">Of this segment only, or this summary, as the list has it.</param>
/// <param name="After">Only those behind it: what an earlier answer had.</param>
internal sealed record RedriveBody(string? StreamId, string? SegmentId, string? After);

/// <summary>How much is tried again.</summary>
/// <param name="Redriven">Pieces of work that wait for a worker now.</param>
/// <param name="Underway">Those that waited or were being worked on already; left out for none.</param>
/// <param name="Waiting">
/// Those that were looked at and found no room in the queue: they stay dead letters. Ask again in a moment. Left out for none.
/// </param>
/// <param name="After">What to have the next tried with; left out where there are no more, or where it is asked as before.</param>
/// <param name="Unreadable">Streams that were left out, since what is kept of them cannot be read; left out where there are none.</param>
internal sealed record RedrivenAnswer(
    int Redriven, int? Underway, int? Waiting, string? After, IReadOnlyList<string>? Unreadable);

/// <summary>A refusal, as problem details (RFC 9457).</summary>
/// <param name="Type">Always about:blank: the code says what is wrong.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">What is wrong, for people.</param>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="RetryAfterSec">When it is worth trying again, in seconds.</param>
/// <param name="Accepted">How many of what was sent were taken before this.</param>
/// <param name="Duplicates">How many of those had been taken before.</param>
/// <param name="LastSequence">The last number that was taken.</param>
/// <param name="LastSequences">The last number of each source, where there are several.</param>
/// <param name="Sequence">The number that was refused.</param>
/// <param name="Source">Its source.</param>
/// <param name="Expected">The number that is missing.</param>
/// <param name="LastEventId">The last event of the stream.</param>
/// <param name="StreamId">The stream that has the external id.</param>
internal sealed record ProblemAnswer(
    string Type, string Title, int Status, string Detail, string Code, double? RetryAfterSec, long? Accepted, long? Duplicates, long? LastSequence,
    IReadOnlyDictionary<string, long>? LastSequences, long? Sequence, string? Source, long? Expected, long? LastEventId, string? StreamId);

/// <summary>The JSON of this server's answers, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(OpenedAnswer))]
[JsonSerializable(typeof(TicketAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(SentAnswer))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(StreamList))]
[JsonSerializable(typeof(StreamDetail))]
[JsonSerializable(typeof(ContextAnswer))]
[JsonSerializable(typeof(ResultsAnswer))]
[JsonSerializable(typeof(SummaryView))]
[JsonSerializable(typeof(OutcomeAnswer))]
[JsonSerializable(typeof(DeadLetterList))]
[JsonSerializable(typeof(RedriveBody))]
[JsonSerializable(typeof(RedrivenAnswer))]
[JsonSerializable(typeof(NameBody))]
[JsonSerializable(typeof(OpenBody))]
[JsonSerializable(typeof(DescriptionBody))]
[JsonSerializable(typeof(TextChunk))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class AnswersJson : JsonSerializerContext;
