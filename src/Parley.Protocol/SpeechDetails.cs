using System.Text.Json;

namespace Parley.Protocol;

/// <summary>What a recogniser said of a text beside the text, its times and its speaker. Two are equal if they say the same.</summary>
/// <param name="Words">The words with their times, in order; null where the recogniser gave none.</param>
/// <param name="Confidence">How sure the recogniser is of the text, from 0 to 1; null where it does not say.</param>
/// <param name="Language">The language as the recogniser names it, such as <c>en-US</c>; null where it does not say.</param>
public sealed record SpeechDetails(
    IReadOnlyList<TimedWord>? Words = null, double? Confidence = null, string? Language = null)
{
    /// <summary>The maximum number of words of one chunk. A chunk with more is refused.</summary>
    public const int MaxWords = 4_096;

    /// <summary>Returns the details, or null if there are none: a text without details then costs nothing.</summary>
    /// <param name="words">The words with their times; null or empty if there are none.</param>
    /// <param name="confidence">How sure the recogniser is of the text, from 0 to 1; null if unknown.</param>
    /// <param name="language">The language as the recogniser names it; null if unknown.</param>
    public static SpeechDetails? Of(IReadOnlyList<TimedWord>? words, double? confidence, string? language)
    {
        if (words is { Count: 0 }) words = null;
        return words is null && confidence is null && language is null ? null : new(words, confidence, language);
    }

    /// <summary>Reads the optional fields <c>words</c>, <c>confidence</c> and <c>language</c> of a chunk.</summary>
    /// <param name="chunk">The chunk, a JSON object. Its other fields are ignored.</param>
    /// <returns>The details, or null if it has none of these fields.</returns>
    /// <exception cref="ProtocolException">A field is of the wrong kind or out of its range; the message names it.</exception>
    public static SpeechDetails? Parse(JsonElement chunk)
    {
        try
        {
            return SpeechDetailsReader.Read(chunk, owner: null);
        }
        catch (JsonException e)
        {
            throw new ProtocolException(ErrorCodes.InvalidMessage, e.Message, e);
        }
    }

    /// <summary>Writes the fields that <see cref="Parse"/> reads, each only if it is known.</summary>
    /// <param name="writer">The writer, within an object.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Words is { } words) WriteTo(writer, words);
        if (Confidence is { } confidence) writer.WriteNumber("confidence"u8, confidence);
        if (Language is { } language) writer.WriteString("language"u8, language);
    }

    /// <summary>Returns whether both say the same.</summary>
    public bool Equals(SpeechDetails? other) =>
        other is not null
        && Confidence == other.Confidence
        && Language == other.Language
        && (Words ?? []).SequenceEqual(other.Words ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Words?.Count ?? 0, Confidence, Language);

    private static void WriteTo(Utf8JsonWriter writer, IReadOnlyList<TimedWord> words)
    {
        writer.WriteStartArray("words"u8);
        foreach (var word in words)
        {
            writer.WriteStartObject();
            writer.WriteString("text"u8, word.Text);
            writer.WriteNumber("start"u8, word.Start);
            writer.WriteNumber("end"u8, word.End);
            if (word.Confidence is { } confidence) writer.WriteNumber("confidence"u8, confidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
