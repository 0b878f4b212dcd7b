using System.Text.RegularExpressions;

namespace Parley.Work;

/// <summary>What the answers of a model have shown of it. May be used from any thread.</summary>
/// <param name="name">The model's name; empty if it is not known.</param>
internal sealed partial class ModelTraits(string name)
{
    private volatile bool _reasonsUnopened = ReasoningName().IsMatch(name);
    private volatile bool _needsMoreTokens;

    /// <summary>Gets whether it writes reasoning without an opening tag, or may do so by its name.</summary>
    public bool ReasonsUnopened => _reasonsUnopened;

    /// <summary>Gets or sets whether its reasoning takes more tokens than an answer may have.</summary>
    public bool NeedsMoreTokens
    {
        get => _needsMoreTokens;
        set => _needsMoreTokens = value;
    }

    /// <summary>Notes what a call has shown.</summary>
    public void Note(ModelCall call) => _reasonsUnopened |= call.WasUnopened;

    [GeneratedRegex("(?<![a-z])(r1|qwq)(?![a-z0-9])|think|reason|magistral", RegexOptions.IgnoreCase)]
    private static partial Regex ReasoningName();
}
