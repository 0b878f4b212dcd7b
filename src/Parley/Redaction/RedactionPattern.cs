using System.Text.RegularExpressions;

namespace Parley.Redaction;

/// <summary>Something else that must not be stored or sent on, as a regular expression.</summary>
/// <remarks>
/// It is run in linear time: constructs that need backtracking (backreferences, lookarounds, atomic groups) are refused. Case is ignored.
/// </remarks>
public sealed class RedactionPattern
{
    private const int LongestMaxLength = 512;

    /// <summary>A pattern.</summary>
    /// <param name="name">What stands in its place, in brackets: <c>[name]</c>. Letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="regex">The regular expression; it must not match the empty text.</param>
    /// <param name="maxLength">
    /// The length in characters up to which a match is found across chunks, 1 to 512. In a stream the end of a chunk is held for as many
    /// characters: choose it no longer than needed. Default 64.
    /// </param>
    /// <exception cref="ArgumentException">The name or the expression is not as said above; the message names the pattern.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of its range.</exception>
    public RedactionPattern(string name, string regex, int maxLength = 64)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(regex);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLength, LongestMaxLength);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new ArgumentException("A pattern's name has letters, digits, _ and - only.", nameof(name));
        (Name, MaxLength) = (name, maxLength);
        try
        {
            Regex = new Regex(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException($"The pattern \"{name}\" cannot be used: {e.Message}", nameof(regex), e);
        }

        if (Regex.IsMatch(""))
            throw new ArgumentException($"The pattern \"{name}\" matches the empty text.", nameof(regex));
    }

    /// <summary>What stands in its place, in brackets.</summary>
    public string Name { get; }

    /// <summary>The length in characters up to which a match is found across chunks.</summary>
    public int MaxLength { get; }

    internal Regex Regex { get; }
}
