using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>
/// A transcript of AssemblyAI. Utterances are its segments, if speakers or channels were asked for, and otherwise words up to the end of a
/// sentence.
/// </summary>
/// <remarks>After www.assemblyai.com/docs/api-reference/transcripts/get. Times are milliseconds.</remarks>
internal sealed class AssemblyAiImport() : DocumentReader("status", "language_code", "text", "words[]", "utterances[]")
{
    private readonly List<ImportedSegment> _segments = [];
    private readonly List<ImportedWord> _words = [];
    private (string Text, long Line)? _whole;
    private string? _language;
    private long _wordLine;

    protected override void Take(JsonWalker at)
    {
        switch (at.Path)
        {
            case "status": CheckStatus(at); break;
            case "language_code": _language = at.Value.StringOrNull(); break;
            case "text": _whole = at.Value.ValueKind == JsonValueKind.String ? (at.Value.GetString()!, at.Line) : null; break;
            case "words[]":
                if (_words.Count == 0) _wordLine = at.Line;
                _words.Add(Word(at.Value));
                break;
            default: _segments.Add(Utterance(at.Value, at.Line)); break;
        }
    }

    protected override IReadOnlyList<ImportedSegment> Finish()
    {
        if (_segments.Count == 0) _segments.AddRange(WordGroups.Cut(_words, _wordLine));
        else WordGroups.Share(_segments, _words, _wordLine, Problems);
        if (_whole is { } whole) WholeText.Check(whole.Text, whole.Line, _segments, Problems);
        return [.. _segments.Select(segment => segment with { Language = _language })];
    }

    private static void CheckStatus(JsonWalker at)
    {
        if (at.Value.StringOrNull() is not ("error" or "queued" or "processing")) return;
        var status = at.Value.GetString();
        throw new TranscriptImportException($"this is a transcript of AssemblyAI whose status is {status}, and not completed", at.Line);
    }

    private ImportedSegment Utterance(JsonElement utterance, long line) => new(line)
    {
        Text = utterance.RequireText("text"),
        Start = utterance.Parts("start", 1000),
        End = utterance.Parts("end", 1000),
        Speaker = utterance.Speaker(utterance.NameOf("speaker", "channel")),
        Confidence = utterance.Confidence("confidence"),
        Words = utterance.Words("words", Problems, line, Word),
        EndsTurn = true,
    };

    private static ImportedWord Word(JsonElement word) => new(
        word.RequireText("text"), word.Parts("start", 1000), word.Parts("end", 1000), word.Certainty("confidence"),
        word.Speaker(word.NameOf("speaker", "channel")));
}
