namespace Parley.Semantics;

/// <summary>An utterance in which someone takes something on or proposes it.</summary>
/// <param name="Text">The whole text that holds it, trimmed.</param>
/// <param name="Pattern">The pattern that matched, as the lexicon writes it.</param>
/// <param name="SpeakerId">Who said it; null when nobody was named.</param>
public sealed record SemanticAction(string Text, string Pattern, string? SpeakerId = null);
