using Parley.Semantics;

namespace Parley.Work;

/// <summary>Finds which names of speakers the text of a summary may have.</summary>
internal static class SummarySpeakers
{
    /// <summary>Returns the names that a text has, each with its speaker; null if it has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="segments">What it is a summary of.</param>
    /// <param name="nameOf">Returns the name that a speaker has in the text; null if the speaker has none.</param>
    /// <param name="others">Other names that it may have, as those of the summary that it goes on from, each with its speaker.</param>
    public static IReadOnlyDictionary<string, string>? InText(
        string text,
        IReadOnlyList<AnnotatedSegment> segments,
        Func<string?, string?> nameOf,
        params IEnumerable<IReadOnlyDictionary<string, string>?> others)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var speaker in segments.Select(segment => segment.SpeakerId).Distinct()) Add(nameOf(speaker), speaker);
        foreach (var (name, speaker) in others.SelectMany(names => names ?? new Dictionary<string, string>())) Add(name, speaker);
        return names.Count == 0 ? null : new Dictionary<string, string>(names, StringComparer.Ordinal);

        void Add(string? name, string? speaker)
        {
            if (string.IsNullOrEmpty(name) || speaker is null) return;
            if (text.Contains(name, StringComparison.Ordinal)) names.TryAdd(name, speaker);
        }
    }
}
