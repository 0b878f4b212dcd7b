using Parley.Languages;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>What a summary chooses from: as much of one speaker's words as reads like a sentence.</summary>
internal sealed class Utterance
{
    private readonly List<AnnotatedSegment> _segments = [];

    public Utterance(List<string> words, IEnumerable<AnnotatedSegment> segments, bool isCutBefore, bool isCutAfter, Language language)
    {
        _segments.AddRange(segments);
        IsWhole = !isCutBefore && !isCutAfter;
        var range = SpokenText.Core(words);
        var core = words[range];
        Words = core;
        GoesOn = isCutBefore || SpokenText.GoesOn(core);
        BreaksOff = isCutAfter || SpokenText.BreaksOff(words, range.End.GetOffset(words.Count));
        Terms = core.ConvertAll(word => Context.Terms.Of(word, language));
    }

    /// <summary>Where the segment starts in which it begins, in seconds of audio time.</summary>
    public double Start => _segments[0].Start;

    /// <summary>Gets where the segment ends in which it ends, in seconds of audio time.</summary>
    public double End => _segments[^1].End;

    /// <summary>Its words, fit to be read.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The term each word stands for; null for a word without content.</summary>
    public IReadOnlyList<string?> Terms { get; }

    /// <summary>Whether it was not cut at a bound or a weak sign of a sentence's end.</summary>
    public bool IsWhole { get; }

    /// <summary>Gets whether its head is missing: it goes on from words that are not in it.</summary>
    public bool GoesOn { get; }

    /// <summary>Gets whether its end is missing.</summary>
    public bool BreaksOff { get; }

    /// <summary>The segments it has words of.</summary>
    public IReadOnlyList<AnnotatedSegment> Segments => _segments;

    /// <summary>The segment whose intent these words decided; null for most.</summary>
    public AnnotatedSegment? Decided { get; private set; }

    /// <summary>Says that these words decided what the segment does.</summary>
    public void Decide(AnnotatedSegment segment) => Decided = segment;

    /// <summary>Returns the name that a summary shows for a speaker; <c>Unknown</c> for one without a name.</summary>
    public static string SpeakerOf(string? speaker) =>
        speaker is not null && Fence.Clean(speaker) is { Length: > 0 } name ? name : "Unknown";

    /// <summary>The utterance as a reader sees it, with an ellipsis where words are missing.</summary>
    public SummaryPoint ToPoint(int mostWords)
    {
        var text = SpokenText.Sentence(Words.Take(mostWords));
        if (GoesOn) text = $"…{text}";
        return new SummaryPoint(Start, SpeakerOf(_segments[0].SpeakerId), BreaksOff || Words.Count > mostWords ? $"{text} …" : text);
    }
}
