using Parley.Languages;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>Cuts segments into utterances. Raw text has no full stops: pauses and the words that open a sentence must do.</summary>
internal static class Utterances
{
    private const int ShortestWords = 8;
    private const int LongWords = 24;
    private const int LongestWords = 40;

    // A speaker's segments that only somebody else's words, or less silence than this, parted are read as one.
    private const double PauseSec = 1.0;
    private const double LongPauseSec = 8.0;

    private static readonly HashSet<string> Openers = ["so", "but", "because", "ok", "okay", "well", "anyway", "now", "however", "yeah"];

    private static readonly HashSet<string> WeakOpeners = ["and", "i", "we", "you", "it's", "that's"];

    // What follows them is not said by itself: "not until we release it".
    private static readonly HashSet<string> Binders =
        ["if", "unless", "until", "till", "before", "after", "whether", "not", "without", "when", "where", "which", "that", "or", "than",
        "think"];

    // What follows them by some words holds only under a condition, or is asked: "if it goes on raining we stay".
    private static readonly HashSet<string> Conditions =
        ["if", "unless", "whether", "when", "suppose", "supposing", "until", "what", "why", "do", "did"];
    private const int ConditionReach = 14;

    // "It says now we need to ask": the words of others, or of a machine.
    private static readonly HashSet<string> Reports = ["says", "said", "say", "saying", "asks", "asked", "tells", "told"];
    private const int ReportReach = 5;

    // "The next one should have another task so we get more": what would follow.
    private static readonly HashSet<string> Proposals = ["should", "could", "would", "might", "if"];

    // "Not speaker adapted but channel adapted", "nothing but": the second part says what is meant.
    private static readonly HashSet<string> Negations = ["not", "nothing", "never", "isn't", "aren't", "don't", "doesn't", "wasn't"];
    private const int NegationReach = 5;

    /// <summary>The utterances, in order of their start. Those that decided a segment's intent know it.</summary>
    public static List<Utterance> Of(IEnumerable<AnnotatedSegment> segments, Language language)
    {
        var utterances = new List<Utterance>();
        var (open, last) = (new Dictionary<string, List<AnnotatedSegment>>(), new Dictionary<string, Utterance>());
        foreach (var segment in InOrder(segments))
        {
            var speaker = segment.SpeakerId ?? "";
            if (open.TryGetValue(speaker, out var said) && segment.Start - said[^1].End > PauseSec)
            {
                Close(speaker, said);
                open.Remove(speaker);
            }

            if (!open.TryAdd(speaker, [segment]))
                open[speaker].Add(segment);
        }

        foreach (var (speaker, said) in open) Close(speaker, said);
        var ordered = utterances.OrderBy(utterance => utterance.Start).ToList();
        TellWhoDecided(ordered);
        return ordered;

        void Close(string speaker, List<AnnotatedSegment> said)
        {
            // After a short pause a sentence goes on, unless another visibly begins.
            var goesOn = last.TryGetValue(speaker, out var before) && said[0].Start - before.End < LongPauseSec
                && (before.BreaksOff || (language.HasIntents && !Begins(said[0].Text)));
            var cut = Cut(said, goesOn, language).ToList();
            utterances.AddRange(cut);
            if (cut is [.., var end]) last[speaker] = end;
        }
    }

    private static bool Begins(string text)
    {
        var words = new List<string>();
        foreach (var word in Fence.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            SpokenText.Add(words, word);
            if (words.Count > 0) break;
        }

        if (words is not [var first]) return false;
        return char.IsUpper(first[0]) || Openers.Contains(first) || WeakOpeners.Contains(first) || SummaryCandidate.BeginsSentence(first);
    }

    /// <summary>Segments in the order in which they were said, however they come.</summary>
    public static IEnumerable<AnnotatedSegment> InOrder(IEnumerable<AnnotatedSegment> segments) => segments
        .OrderBy(segment => segment.Start).ThenBy(segment => segment.End)
        .ThenBy(segment => segment.SpeakerId, StringComparer.Ordinal).ThenBy(segment => segment.Text, StringComparer.Ordinal);

    private static IEnumerable<Utterance> Cut(List<AnnotatedSegment> said, bool goesOn, Language language)
    {
        var words = new List<string>();
        var segments = new List<AnnotatedSegment>();
        var before = goesOn ? End.Cut : End.Sure;
        foreach (var segment in said)
        {
            foreach (var word in Fence.Clean(segment.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var end = EndBefore(word, words);
                if (end != End.None)
                {
                    yield return new Utterance(words, segments, before == End.Cut, end == End.Cut, language);
                    (words, segments, before) = ([], [], end);
                }

                SpokenText.Add(words, word);
                if (!ReferenceEquals(segments.LastOrDefault(), segment))
                    segments.Add(segment);
            }
        }

        if (words.Count > 0)
            yield return new Utterance(words, segments, before == End.Cut, isCutAfter: false, language);
    }

    private static End EndBefore(string next, List<string> words) => words.Count switch
    {
        0 => End.None,
        _ when words[^1][^1] is '.' or '?' or '!' => End.Sure,
        >= LongestWords => End.Cut,
        _ when Binders.Contains(words[^1]) => End.None,
        _ when words.TakeLast(ReportReach).Any(Reports.Contains) => End.None,
        _ when next == "so" && words.TakeLast(ConditionReach).Any(Proposals.Contains) => End.None,
        _ when next == "but" && words.TakeLast(NegationReach).Any(Negations.Contains) => End.None,
        >= ShortestWords when Openers.Contains(next) && !WeakOpeners.Contains(words[^1]) => End.Sure,
        >= LongWords when WeakOpeners.Contains(next) && !words.TakeLast(ConditionReach).Any(Conditions.Contains) => End.Cut,
        _ => End.None,
    };

    // A long segment is an action item because of a few words in it: the summary must quote those.
    private static void TellWhoDecided(List<Utterance> utterances)
    {
        var bySegment = utterances.SelectMany(utterance => utterance.Segments.Select(segment => (segment, utterance)))
            .Where(pair => pair.segment.Intent != Intents.Statement)
            .ToLookup(pair => pair.segment, pair => pair.utterance, (IEqualityComparer<AnnotatedSegment>)ReferenceEqualityComparer.Instance);
        foreach (var parts in bySegment.OrderBy(parts => parts.Key.Confidence))
        {
            var evidence = parts.Key.Evidence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            parts.MaxBy(part => evidence.Count(word => part.Words.Contains(word, StringComparer.OrdinalIgnoreCase)))!.Decide(parts.Key);
        }
    }

    private enum End
    {
        None,
        Cut,
        Sure,
    }
}
