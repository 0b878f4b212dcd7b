using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>
/// The JSON of whisper.cpp (<c>-oj</c>), also the full one with tokens (<c>-ojf</c>) and that of recordings with a speaker on each channel.
/// </summary>
/// <remarks>After github.com/ggml-org/whisper.cpp, examples/cli/cli.cpp (output_json).</remarks>
internal sealed class WhisperCppImport() : DocumentReader("result.language", "transcription[]")
{
    private readonly List<ImportedSegment> _segments = [];
    private string? _language;

    protected override void Take(JsonWalker at)
    {
        if (at.Path == "result.language")
        {
            _language = at.Value.StringOrNull();
            return;
        }

        var offsets = at.Value.Object("offsets");
        var turns = at.Value.Has("speaker_turn_next") && at.Value.GetProperty("speaker_turn_next").ValueKind == JsonValueKind.True;
        _segments.Add(new(at.Line)
        {
            Text = at.Value.RequireText("text"),
            Start = offsets?.Parts("from", 1000),
            End = offsets?.Parts("to", 1000),
            // A question mark stands for nobody.
            Speaker = at.Value.TextOrNull("speaker") is "?" ? null : at.Value.Speaker("speaker"),
            Words = Words(at.Value, at.Line),
            EndsTurn = turns,
        });
    }

    protected override IReadOnlyList<ImportedSegment> Finish() =>
        [.. _segments.Select(segment => segment with { Language = _language })];

    // A token that begins with a space begins a word. Tokens in brackets are Whisper's own.
    private List<ImportedWord>? Words(JsonElement segment, long line)
    {
        var tokens = segment.Words("tokens", Problems, line, Token);
        if (tokens is null) return null;
        var words = new List<ImportedWord>();
        foreach (var token in tokens)
        {
            if (token.Text.StartsWith("[_", StringComparison.Ordinal) || token.Text.Length == 0) continue;
            if (token.Text[0] == ' ' || words.Count == 0) words.Add(token);
            else words[^1] = words[^1] with { Text = words[^1].Text + token.Text, End = token.End, Confidence = Less(words[^1], token) };
        }

        return words;
    }

    private static ImportedWord Token(JsonElement token)
    {
        var offsets = token.Object("offsets");
        return new(token.RequireText("text"), offsets?.Parts("from", 1000), offsets?.Parts("to", 1000), token.Certainty("p"));
    }

    private static double? Less(in ImportedWord word, in ImportedWord token) =>
        word.Confidence is { } left && token.Confidence is { } right ? Math.Min(left, right) : word.Confidence ?? token.Confidence;
}
