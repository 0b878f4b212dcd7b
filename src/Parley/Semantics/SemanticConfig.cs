namespace Parley.Semantics;

/// <summary>What a <see cref="KeywordSemanticAnnotator"/> looks for.</summary>
public sealed record SemanticConfig
{
    /// <summary>Whether keywords are given. Default true.</summary>
    public bool EnableKeywords { get; init; } = true;

    /// <summary>Whether intents are given. Default true; without it every intent is <see cref="Intents.Statement"/> with confidence 0.</summary>
    public bool EnableIntent { get; init; } = true;

    /// <summary>Whether risk tags are given. Default true.</summary>
    public bool EnableRisks { get; init; } = true;

    /// <summary>Whether actions, and with them decisions and action items, are given. Default true.</summary>
    public bool EnableActions { get; init; } = true;

    /// <summary>
    /// Whether the recogniser sets punctuation: then what ends without any was broken off, and is no question.
    /// Default null: told from each text and the one before it.
    /// </summary>
    public bool? Punctuated { get; init; }

    /// <summary>The words to look for. Default <see cref="Lexicon.Default"/>.</summary>
    public Lexicon Lexicon { get; init; } = Lexicon.Default;
}
