using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>What an error says for programs; whatever is missing or of another kind is null.</summary>
internal sealed class ErrorDetails(ErrorPayload error)
{
    /// <summary>The source of the message; empty for the one without a name.</summary>
    public string Source => Find("source") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    /// <summary>The number of the message.</summary>
    public long? Sequence => Whole("sequence");

    /// <summary>The number that the server takes next.</summary>
    public long? Expected => Whole("expected");

    /// <summary>How long the server wants to be left alone, at most a day.</summary>
    public TimeSpan? RetryAfter =>
        Number("retry_after_sec") is { } number && number.TryGetDouble(out var seconds) && seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private long? Whole(string name) => Number(name) is { } number && number.TryGetInt64(out var whole) ? whole : null;

    private JsonElement? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } number ? number : null;

    private JsonElement? Find(string name) =>
        error.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var value) ? value : null;
}
