namespace Parley.Transcripts;

/// <summary>What is known of a document before its segments are written.</summary>
/// <param name="Names">The names of its speakers.</param>
/// <param name="FileName">Its title.</param>
/// <param name="Language">Its language, as a tag such as <c>en-GB</c>; empty where it is not known.</param>
/// <param name="HasDetails">Returns whether a segment has a confidence or a language. Asked only where it matters.</param>
internal sealed record ExportSource(SpeakerNames Names, string FileName, string Language, Func<bool> HasDetails)
{
    public static ExportSource Of(Transcript transcript) => new(
        new SpeakerNames(transcript.Speakers),
        transcript.FileName,
        transcript.Language,
        () => transcript.Segments.Any(segment => segment.Confidence is not null || segment.Language is not null));

    /// <summary>The language as an attribute may have it; empty where it is no tag.</summary>
    public string LanguageTag => TagOf(Language);

    /// <summary>Returns a language as an attribute may have it; empty where it is no tag.</summary>
    public static string TagOf(string? language) =>
        language is { Length: > 0 and <= 35 } && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? language : "";
}
