namespace Parley.Semantics;

/// <summary>x</summary>
public sealed class KeywordSemanticAnnotator(SemanticConfig? config = null)
{
    private readonly SemanticConfig _config = config ?? new();

    /// <summary>x</summary>
    public IntentResult ClassifyIntent(string text, IntentContext context = default) => _config.EnableIntent
        ? IntentClassifier.Classify(text, context, _config.Punctuated)
        : new IntentResult(Intents.Statement, 0, "");
}
