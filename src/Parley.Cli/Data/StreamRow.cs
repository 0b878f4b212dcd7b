using System.Globalization;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Cli.Data;

/// <summary>A conversation in a list.</summary>
/// <param name="StreamId">Its id.</param>
/// <param name="Started">When it began.</param>
/// <param name="State"><c>open</c>, <c>ended</c> or <c>erased</c>.</param>
/// <param name="Facts">How many facts the log has of it.</param>
/// <param name="Events">How many of them viewers get.</param>
/// <param name="Last">When the last fact was added; for an erased one, when it was erased.</param>
internal sealed record StreamRow(string StreamId, DateTimeOffset Started, string State, long Facts, long Events, DateTimeOffset Last)
{
    /// <summary>The id that another system has for it; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What it is called; null for nothing.</summary>
    public string? Title { get; init; }

    /// <summary>Its labels; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Whether it has something to be known by beside its id.</summary>
    [JsonIgnore]
    public bool IsDescribed => ExternalId is not null || Title is not null || Labels is not null;

    /// <summary>Its labels on one line; empty for none.</summary>
    [JsonIgnore]
    public string LabelText => string.Join(' ', (Labels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"));

    public static async Task<StreamRow> OfAsync(IEventLog log, StreamHead head, CancellationToken cancellationToken)
    {
        var last = head.ErasedAt ?? head.StartedAt;
        try
        {
            await foreach (var fact in log.ReadAsync(head.Stream, head.Seq - 1, cancellationToken)) last = fact.At;
        }
        catch (StreamErasedException)
        {
            // Its head says when.
        }

        var description = head.Metadata.ToDescription();
        return new(head.Stream, head.StartedAt, StoredStates.NameOf(head.State), head.Seq, head.EventId, last)
        {
            ExternalId = description.ExternalId,
            Title = description.Title,
            Labels = description.Labels,
        };
    }

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StreamRow))]
internal sealed partial class StreamRowJson : JsonSerializerContext;
