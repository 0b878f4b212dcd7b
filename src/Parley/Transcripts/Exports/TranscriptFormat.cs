namespace Parley.Transcripts;

/// <summary>What a document can be exported to. <see cref="TranscriptFormats"/> has the names.</summary>
public enum TranscriptFormat
{
    /// <summary>The document itself: schema version 2, nothing lost.</summary>
    Json,

    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>Web Video Text Tracks.</summary>
    Vtt,

    /// <summary>Plain text, one line a segment.</summary>
    Text,

    /// <summary>Markdown (CommonMark), one paragraph a segment.</summary>
    Markdown,

    /// <summary>Comma-separated values (RFC 4180) with a header, one record a segment.</summary>
    Csv,

    /// <summary>JSON Lines, one segment a line, with all its fields.</summary>
    JsonLines,

    /// <summary>Timed Text Markup Language, in the text profile of IMSC 1.1.</summary>
    Ttml,

    /// <summary>A page to read and to print, in one file without scripts.</summary>
    Html,

    /// <summary>Rich Transcription Time Marked: who speaks when, without what was said; one line a segment.</summary>
    Rttm,
}
