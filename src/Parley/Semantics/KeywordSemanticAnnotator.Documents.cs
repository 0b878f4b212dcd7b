using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.Semantics;

public sealed partial class KeywordSemanticAnnotator
{
    internal const string Name = "semantic";

    /// <summary>
    /// Annotates a document where it is: <c>annotations.semantic</c> gets keywords, risk_tags, actions, tags (the same
    /// as risk_tags) and matches, joined with what is there already; each segment that holds text gets its own keywords,
    /// risk_tags, intent and confidence, and intents where it has several. All other annotations stay.
    /// </summary>
    /// <param name="transcript">The document. It is changed.</param>
    /// <returns>The same document.</returns>
    public Transcript Annotate(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var document = new DocumentAnnotation(transcript.Annotations?[Name] as JsonObject);
        var history = new IntentHistory();
        foreach (var segment in transcript.Segments)
        {
            var text = ReferenceText.Trim(segment.Text).ToString();
            if (text.Length == 0) continue;
            var found = Find(text);
            foreach (var entry in (found ?? []).Select(i => _config.Lexicon.Entries[i]).Where(entry => entry.Risk is not null))
            {
                if (_config.EnableKeywords) document.Keywords.Add(entry.Name);
                if (!_config.EnableRisks) continue;
                document.RiskTags.Add(entry.Risk!);
                document.AddMatch(entry.Risk!, entry.Name, segment);
            }

            if (_config.EnableActions && Action(found) is { } action) document.AddAction(text, segment, action.Name);
            segment.Annotate(Name, OfSegment(segment, found, history.Before(segment.SpeakerId)));
            history = history.After(text, segment.SpeakerId);
        }

        transcript.Annotate(Name, document.ToJson());
        return transcript;
    }

    /// <summary>
    /// Annotates a document with what its segments were found to mean when they became final, so that it does not contradict what was said
    /// of
    /// them then. Only which pattern made an action, and which risk a keyword belongs to, is looked up in the lexicon.
    /// </summary>
    /// <param name="transcript">The document. It is changed.</param>
    /// <param name="meanings">What its segments mean, by their ids. A segment that is not in it gets no annotation.</param>
    /// <returns>The same document.</returns>
    internal Transcript Annotate(Transcript transcript, IReadOnlyDictionary<int, AnnotatedSegment> meanings)
    {
        var document = new DocumentAnnotation(existing: null);
        foreach (var segment in transcript.Segments)
        {
            if (!meanings.TryGetValue(segment.Id, out var meaning)) continue;
            Annotate(segment, meaning, document);
        }

        transcript.Annotate(Name, document.ToJson());
        return transcript;
    }

    /// <summary>Annotates one segment with what it was found to mean, and adds that to what the document says.</summary>
    internal void Annotate(TranscriptSegment segment, AnnotatedSegment meaning, DocumentAnnotation document)
    {
        document.Keywords.UnionWith(meaning.Keywords);
        document.RiskTags.UnionWith(meaning.RiskTags);
        foreach (var entry in _config.Lexicon.Entries)
        {
            if (entry.Risk is not null && meaning.RiskTags.Contains(entry.Risk) && meaning.Keywords.Contains(entry.Name))
                document.AddMatch(entry.Risk, entry.Name, segment);
        }

        foreach (var action in meaning.Actions)
            document.AddAction(action.Text, segment, Action(Find(action.Text))?.Name ?? action.Pattern);
        var json = new JsonObject
        {
            ["keywords"] = DocumentAnnotation.Texts(meaning.Keywords),
            ["risk_tags"] = DocumentAnnotation.Texts(meaning.RiskTags),
        };
        SetIntent(json, meaning.Intent, meaning.Confidence, meaning.Intents);
        segment.Annotate(Name, json);
    }

    /// <summary>Annotates documents where they are, one after another.</summary>
    /// <param name="transcripts">The documents. They are changed.</param>
    /// <returns>The same documents, in the same order.</returns>
    public IReadOnlyList<Transcript> AnnotateBatch(IEnumerable<Transcript> transcripts)
    {
        ArgumentNullException.ThrowIfNull(transcripts);
        return [.. transcripts.Select(Annotate)];
    }

    private JsonObject OfSegment(TranscriptSegment segment, List<int>? found, IntentContext context)
    {
        var json = segment.Annotations?[Name]?.DeepClone() as JsonObject ?? [];
        json["keywords"] = DocumentAnnotation.Texts(Keywords(found));
        json["risk_tags"] = DocumentAnnotation.Texts(Risks(found));
        if (!_config.EnableIntent) return json;
        var intent = Classify(segment.Text, context, isSegment: true);
        SetIntent(json, intent.Intent, intent.Confidence, intent.Intents);
        return json;
    }

    private static void SetIntent(JsonObject json, string intent, double confidence, IReadOnlyList<string> intents)
    {
        json["intent"] = intent;
        json["confidence"] = JsonValues.From(confidence, nameof(confidence));
        if (intents.Count > 1) json["intents"] = DocumentAnnotation.Texts(intents);
        else json.Remove("intents");
    }
}
