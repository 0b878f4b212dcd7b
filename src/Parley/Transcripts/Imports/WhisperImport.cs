using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>
/// The JSON of Whisper's programs: openai-whisper, faster-whisper's commands, whisperX, OpenAI's API (<c>verbose_json</c>,
/// <c>diarized_json</c>), the pipeline of Hugging Face, and a bare array of segments.
/// </summary>
/// <remarks>
/// After github.com/openai/whisper (transcribe.py), github.com/m-bain/whisperX (types.py), platform.openai.com/docs/api-reference/audio
/// and huggingface.co/docs/transformers (AutomaticSpeechRecognitionPipeline).
/// </remarks>
internal sealed class WhisperImport() : DocumentReader("text", "language", "segments[]", "words[]", "chunks[]", "[]")
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
            case "text": _whole = at.Value.ValueKind == JsonValueKind.String ? (at.Value.GetString()!, at.Line) : null; break;
            case "language": _language = at.Value.StringOrNull(); break;
            case "words[]": TakeWord(at); break;
            case "chunks[]": _segments.Add(Chunk(at.Value, at.Line)); break;
            default: _segments.Add(Segment(at.Value, at.Line)); break;
        }
    }

    protected override IReadOnlyList<ImportedSegment> Finish()
    {
        if (_segments.Count == 0) _segments.AddRange(WordGroups.Cut(WholeText.Spell(_words, _whole?.Text), _wordLine));
        else WordGroups.Share(_segments, _words, _wordLine, Problems);
        if (_whole is { } whole) WholeText.Check(whole.Text, whole.Line, _segments, Problems);
        return _language is null ? _segments : [.. _segments.Select(segment => segment with { Language = segment.Language ?? _language })];
    }

    private void TakeWord(JsonWalker at)
    {
        if (_words.Count == 0) _wordLine = at.Line;
        _words.Add(ImportFields.Word(at.Value));
    }

    private ImportedSegment Segment(JsonElement segment, long line) => new(line)
    {
        Text = segment.RequireText("text"),
        Start = segment.LenientSeconds("start"),
        End = segment.LenientSeconds("end"),
        Speaker = segment.Speaker(segment.NameOf("speaker", "speaker_id")),
        Language = segment.TextOrNull("language"),
        Words = segment.Words("words", Problems, line, ImportFields.Word),
    };

    private static ImportedSegment Chunk(JsonElement chunk, long line)
    {
        var times = chunk.Has("timestamp") ? chunk.Items("timestamp").Select(Number).ToArray() : [];
        return new(line)
        {
            Text = chunk.RequireText("text"),
            Start = times.Length > 0 ? times[0] : null,
            End = times.Length > 1 ? times[1] : null,
            Speaker = chunk.Speaker("speaker"),
            Language = chunk.TextOrNull("language"),
        };
    }

    private static double? Number(JsonElement time) => time.ValueKind == JsonValueKind.Number ? time.GetDouble() : null;
}
