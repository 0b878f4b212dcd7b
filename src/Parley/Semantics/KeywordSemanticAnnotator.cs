using Parley.Streaming;

namespace Parley.Semantics;

/// <summary>
/// Says what texts mean, without a model call: the keywords of a lexicon, the risks they point to, the actions
/// taken on, and what each text does. The same text gives the same answer on every machine. Safe to share between threads.
/// </summary>
/// <param name="config">What to look for. Everything, with <see cref="Lexicon.Default"/>, by default.</param>
public sealed partial class KeywordSemanticAnnotator(SemanticConfig? config = null)
{
    private readonly SemanticConfig _config = config ?? new();

    /// <summary>The lexicon's keywords in a text.</summary>
    /// <param name="text">Any text; of any length and script.</param>
    /// <returns>Each keyword once, sorted ordinally. Empty without <see cref="SemanticConfig.EnableKeywords"/>.</returns>
    public IReadOnlyList<string> ExtractKeywords(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Keywords(Find(text));
    }

    /// <summary>What a text does.</summary>
    /// <param name="text">Any text; of any length and script. Without punctuation, word order has to carry it.</param>
    /// <param name="context">What is known around it. Nothing by default.</param>
    /// <returns>The intent, how sure it is, and the words that decided.</returns>
    public IntentResult ClassifyIntent(string text, IntentContext context = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!_config.EnableIntent) return new IntentResult(Intents.Statement, 0, "");
        var read = IntentClassifier.Classify(text, context, _config.Punctuated ?? context.Punctuated);
        return context.IsForeign && read.Intent != Intents.Statement ? MarkedIntent.Of(text) : read;
    }

    /// <summary>Annotates one final segment. A partial one may still change: wait for it.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="context">What is known around it. Nothing by default.</param>
    public AnnotatedSegment Annotate(StreamSegment segment, IntentContext context = default)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return Annotate(segment.Start, segment.End, segment.Text, segment.SpeakerId, context);
    }

    /// <summary>Annotates final segments in the order they were said, each with the one before it as context.</summary>
    /// <param name="segments">The segments.</param>
    public IReadOnlyList<AnnotatedSegment> AnnotateBatch(IEnumerable<StreamSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        var annotated = new List<AnnotatedSegment>();
        var history = new IntentHistory();
        foreach (var segment in segments)
        {
            annotated.Add(Annotate(segment, history.Before(segment.SpeakerId)));
            history = history.After(segment.Text, segment.SpeakerId);
        }

        return annotated;
    }

    private AnnotatedSegment Annotate(double start, double end, string text, string? speakerId, IntentContext context)
    {
        var found = Find(text);
        var intent = ClassifyIntent(text, context);
        var action = _config.EnableActions ? Action(found) : null;
        return new AnnotatedSegment(start, end, text, speakerId, Keywords(found), intent.Intent)
        {
            Confidence = intent.Confidence,
            Evidence = intent.Evidence,
            RiskTags = Risks(found),
            Actions = action is null ? [] : [new SemanticAction(text.Trim(), action.Name, speakerId)],
        };
    }

    private List<int>? Find(string text) => _config.Lexicon.Matcher.Find(text.AsSpan().Trim());

    private string[] Keywords(List<int>? found) => _config.EnableKeywords ? Names(found, entry => entry.Risk is null ? null : entry.Name) : [];

    private string[] Risks(List<int>? found) => _config.EnableRisks ? Names(found, entry => entry.Risk) : [];

    // The first pattern of the lexicon, not of the text: as the reference has it.
    private LexiconEntry? Action(List<int>? found)
    {
        if (found is null) return null;
        foreach (var i in found)
        {
            if (_config.Lexicon.Entries[i] is { Risk: null } action) return action;
        }

        return null;
    }

    private string[] Names(List<int>? found, Func<LexiconEntry, string?> name)
    {
        if (found is null) return [];
        var names = new List<string>(found.Count);
        foreach (var i in found)
        {
            if (name(_config.Lexicon.Entries[i]) is { } entry && !names.Contains(entry)) names.Add(entry);
        }

        names.Sort(StringComparer.Ordinal);
        return [.. names];
    }
}
