using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Parley.Protocol;

/// <summary>Names of conversations: <c>str-</c> and a UUID.</summary>
public static class StreamId
{
    private const string Prefix = "str-";

    // Guid itself is laxer: it takes white space around the number.
    private static readonly SearchValues<char> UuidLetters = SearchValues.Create("0123456789abcdefABCDEF-{}");

    /// <summary>The name made of a UUID, as 36 characters in lower case.</summary>
    public static string From(Guid uuid) => Prefix + uuid.ToString("D");

    /// <summary>
    /// Whether this names a conversation. The UUID may be written with or without hyphens, in braces or after <c>urn:uuid:</c>.
    /// Two spellings of one UUID are two names: pass <see cref="From"/> of what <see cref="TryParse"/> gives where that matters.
    /// </summary>
    public static bool IsValid([NotNullWhen(true)] string? value) => TryParse(value, out _);

    /// <summary>Whether a text begins as the names of conversations do, so that it can name nothing else.</summary>
    public static bool IsReserved(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The UUID of a name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out Guid uuid)
    {
        uuid = default;
        if (value is null || !value.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var rest = value.AsSpan(Prefix.Length);
        if (rest.StartsWith("urn:uuid:", StringComparison.Ordinal))
            rest = rest["urn:uuid:".Length..];
        return !rest.ContainsAnyExcept(UuidLetters)
            && (Guid.TryParseExact(rest, "D", out uuid) || Guid.TryParseExact(rest, "N", out uuid) || Guid.TryParseExact(rest, "B", out uuid));
    }
}
