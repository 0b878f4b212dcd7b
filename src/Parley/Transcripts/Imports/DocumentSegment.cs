using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>A segment of our own document, as JSON and JSON Lines have it.</summary>
internal static class DocumentSegment
{
    /// <summary>Reads a segment. Each is one that was closed before: it stays one.</summary>
    /// <exception cref="AsrMessageException">It has no text, or it is no object.</exception>
    public static ImportedSegment Read(JsonElement segment, ImportProblems problems, long line) => new(line)
    {
        Text = segment.RequireText("text"),
        Start = segment.LenientSeconds("start"),
        End = segment.LenientSeconds("end"),
        Speaker = SpeakerOf(segment, segment.NameOf("speaker", "speaker_id")),
        Confidence = segment.Confidence("confidence"),
        Language = segment.TextOrNull("language"),
        Words = segment.Words("words", problems, line, Word),
        EndsTurn = true,
    };

    private static ImportedWord Word(JsonElement word) => new(
        word.RequireText(word.NameOf("word", "text")),
        word.LenientSeconds("start"),
        word.LenientSeconds("end"),
        word.Certainty("probability"),
        SpeakerOf(word, "speaker"));

    // The id, and not the label that is shown for it: other segments may have the id alone.
    private static string? SpeakerOf(JsonElement parent, string name)
    {
        if (!parent.Has(name)) return null;
        var field = parent.GetProperty(name);
        return field.ValueKind switch
        {
            JsonValueKind.Object => field.Label(field.NameOf("id", "label", "name")),
            JsonValueKind.String => field.GetString(),
            JsonValueKind.Number => field.GetRawText(),
            _ => null,
        };
    }
}
