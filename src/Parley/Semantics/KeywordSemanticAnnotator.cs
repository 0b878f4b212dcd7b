using Parley.Protocol;
using Parley.Semantics.Outcomes;
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

    /// <summary>Gets the weights behind the intents. For measuring others than those that come with Parley.</summary>
    internal IntentModel Model { get; init; } = IntentModel.Default;

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
        return Classify(text, context, isSegment: false);
    }

    /// <summary>Annotates one final segment. A partial one may still change: wait for it.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="context">What is known around it. Nothing by default.</param>
    public AnnotatedSegment Annotate(StreamSegment segment, IntentContext context = default)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return Annotate(segment.Start, segment.End, segment.Text, segment.SpeakerId, context);
    }

    /// <summary>Annotates final segments of one stream in the order they were said, each with the one before it as context.</summary>
    /// <param name="segments">The segments.</param>
    public IReadOnlyList<AnnotatedSegment> AnnotateBatch(IEnumerable<StreamSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        var annotated = new List<AnnotatedSegment>();
        var (history, outcomes) = (new IntentHistory(), OutcomeHistory.Empty);
        foreach (var segment in segments)
        {
            var said = new SaidSegment(segment.SegmentId ?? SegmentId.From(annotated.Count), segment.SpeakerId, segment.Text);
            var found = FindOutcomes(said, outcomes);
            annotated.Add(With(Annotate(segment, history.Before(segment.SpeakerId)), said.SegmentId, found));
            history = history.After(segment.Text, segment.SpeakerId);
            outcomes = outcomes.After(said, found);
        }

        return annotated;
    }

    /// <summary>Finds decisions and action items in a final segment; see <see cref="OutcomeReader"/>.</summary>
    /// <param name="said">The segment.</param>
    /// <param name="history">What is known of the conversation before it.</param>
    /// <param name="continued">The text that it goes on from; null for most.</param>
    /// <returns>What was found. Empty without <see cref="SemanticConfig.EnableActions"/>.</returns>
    public IReadOnlyList<Outcome> FindOutcomes(SaidSegment said, OutcomeHistory history, string? continued = null) =>
        _config.EnableActions ? OutcomeReader.Read(said, history, continued) : [];

    /// <summary>Returns an annotated segment with what was found in it; its intents then say so, too.</summary>
    /// <param name="annotated">The segment.</param>
    /// <param name="segmentId">Its id.</param>
    /// <param name="outcomes">What <see cref="FindOutcomes"/> found in it.</param>
    internal AnnotatedSegment With(AnnotatedSegment annotated, string segmentId, IReadOnlyList<Outcome> outcomes) =>
        (_config.EnableIntent ? OutcomeIntents.With(annotated, segmentId, outcomes) : annotated) with { Outcomes = outcomes };

    private AnnotatedSegment Annotate(double start, double end, string text, string? speakerId, IntentContext context)
    {
        var found = Find(text);
        var intent = Classify(text, context, isSegment: true);
        var action = _config.EnableActions ? Action(found) : null;
        return new AnnotatedSegment(start, end, text, speakerId, Keywords(found), intent.Intent)
        {
            Intents = intent.Intents,
            Confidence = intent.Confidence,
            Evidence = intent.Evidence,
            RiskTags = Risks(found),
            Actions = action is null ? [] : [new SemanticAction(text.Trim(), action.Name, speakerId)],
        };
    }

    private IntentResult Classify(string text, IntentContext context, bool isSegment)
    {
        if (!_config.EnableIntent) return new IntentResult(Intents.Statement, 0, "");
        var read = IntentClassifier.Classify(text, context, _config.Punctuated ?? context.Punctuated, isSegment, Model);
        return context.IsForeign && read.Intent != Intents.Statement ? MarkedIntent.Of(text) : read;
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
