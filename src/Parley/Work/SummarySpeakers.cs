using Parley.Semantics;

namespace Parley.Work;

/// <summary>Finds which names of speakers the text of a summary may have.</summary>
internal static class SummarySpeakers
{
    /// <summary>Returns the names that a text has, each with its speaker; null if it has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="segments">What it is a summary of.</param>
    /// <param name="nameOf">Returns the name that a speaker has in the text; null if the speaker has none.</param>
    /// <param name="earlier">The names of the summary that it goes on from; null for none.</param>
    public static IReadOnlyDictionary<string, string>? InText(
        string text, IReadOnlyList<AnnotatedSegment> segments, Func<string?, string?> nameOf, IReadOnlyDictionary<string, string>? earlier)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var speaker in segments.Select(segment => segment.SpeakerId).Distinct()) Add(nameOf(speaker), speaker);
        foreach (var (name, speaker) in earlier ?? new Dictionary<string, string>()) Add(name, speaker);
        return names.Count == 0 ? null : new Dictionary<string, string>(names, StringComparer.Ordinal);

        void Add(string? name, string? speaker)
        {
            if (name is { Length: > 0 } && speaker is not null && text.Contains(name, StringComparison.Ordinal)) names.TryAdd(name, speaker);
        }
    }
}
