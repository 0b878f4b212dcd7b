using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>
/// The words an annotator looks for: keywords, each with the risk it points to, and the patterns of actions.
/// A user's own is a JSON file; docs/semantics.md shows one whole.
/// </summary>
public sealed class Lexicon
{
    internal Lexicon(IReadOnlyList<LexiconEntry> entries, bool literal)
    {
        Entries = entries;
        Risks = [.. entries.Where(entry => entry.Risk is not null).Select(entry => entry.Risk!).Distinct(StringComparer.Ordinal)];
        Matcher = new LexiconMatcher(entries, literal);
        IsLiteral = literal;
    }

    /// <summary>
    /// The words of <see cref="Reference"/> with their inflections, read as people speak: "cancelled" is a
    /// <c>cancel</c>, "leave the parcel" is no churn and "Grandad is ill today" no action.
    /// </summary>
    public static Lexicon Default { get; } = BuiltIn("default");

    /// <summary>What the Python reference, slower-whisper 2.0.2, finds: exactly its words and nothing else.</summary>
    public static Lexicon Reference { get; } = BuiltIn("reference");

    /// <summary>The risks that its keywords point to, in the order of the file.</summary>
    public IReadOnlyList<string> Risks { get; }

    internal IReadOnlyList<LexiconEntry> Entries { get; }

    internal LexiconMatcher Matcher { get; }

    internal bool IsLiteral { get; }

    /// <summary>Reads a lexicon.</summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="LexiconFormatException">Something in it is wrong; the message names the entry.</exception>
    public static Lexicon Parse(string json) => LexiconJson.Parse(json);

    private static Lexicon BuiltIn(string name)
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream($"Parley.Semantics.lexicon.{name}.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}

/// <summary>One keyword of a risk, or one pattern of an action when there is no risk.</summary>
/// <param name="Name">What is reported: the keyword, or the pattern.</param>
/// <param name="Risk">The risk it points to; null for an action.</param>
/// <param name="Phrases">What it may look like in a text.</param>
/// <param name="NotBefore">Hashes of the words that undo it when one follows.</param>
/// <param name="NotAfter">Hashes of the words that undo it when one stands before it.</param>
internal sealed record LexiconEntry(
    string Name, string? Risk, IReadOnlyList<string> Phrases, FrozenSet<ulong> NotBefore, FrozenSet<ulong> NotAfter);
