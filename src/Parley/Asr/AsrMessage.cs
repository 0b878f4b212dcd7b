using System.Text.Json;

namespace Parley.Asr;

/// <summary>One message as it came. Valid while it is read.</summary>
public readonly struct AsrMessage
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly JsonDocument? _document;

    private AsrMessage(ReadOnlyMemory<byte> utf8, JsonDocument? document)
    {
        Utf8 = utf8;
        _document = document;
    }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Its JSON; of kind <see cref="JsonValueKind.Undefined"/> when it is none.</summary>
    public JsonElement Json => _document?.RootElement ?? default;

    /// <summary>Whether it is a JSON object.</summary>
    public bool IsObject => Json.ValueKind == JsonValueKind.Object;

    /// <summary>Its JSON object.</summary>
    /// <exception cref="AsrMessageException">It is none.</exception>
    public JsonElement RequireObject() => IsObject ? Json : throw new AsrMessageException("not a JSON object");

    /// <summary>Parses <paramref name="utf8"/>, which must not change before <see cref="Release"/>.</summary>
    internal static AsrMessage Parse(ReadOnlyMemory<byte> utf8)
    {
        // An exception for each message that is no JSON would make plain text formats slow.
        var first = utf8.Span.TrimStart(" \t\r\n"u8);
        if (first.IsEmpty || first[0] is not ((byte)'{' or (byte)'[' or (byte)'/')) return new(utf8, null);
        try
        {
            return new(utf8, JsonDocument.Parse(utf8, Lenient));
        }
        catch (JsonException)
        {
            return new(utf8, null);
        }
    }

    internal void Release() => _document?.Dispose();
}
