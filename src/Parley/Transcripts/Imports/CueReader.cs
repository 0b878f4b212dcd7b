using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>A cue as its file has it.</summary>
/// <param name="Line">The line of its times.</param>
/// <param name="Start">Where it starts, in seconds; not a number where that cannot be read.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Lines">Its text.</param>
internal sealed record RawCue(long Line, double Start, double End, IReadOnlyList<string> Lines);

/// <summary>
/// Reads the cues of SubRip and WebVTT. A cue goes on until the times of the next, less the number or the name in front of those: blank
/// lines within a text, and missing ones between cues, lose nothing.
/// </summary>
internal sealed class CueReader(bool isWebVtt, ImportProblems problems)
{
    private enum Block
    {
        Head,
        Note,
        Text,
    }

    private readonly List<(string Text, bool FollowsBlank)> _lines = [];
    private (long Line, double Start, double End)? _times;
    private Block _block = isWebVtt ? Block.Head : Block.Text;
    private bool _followsBlank = true;
    private long _strayLine;

    public async IAsyncEnumerable<RawCue> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(file);
        while (await lines.ReadAsync(cancellationToken))
        {
            if (!Utf8.IsValid(lines.Line.Span))
                throw new TranscriptImportException("bytes that are not UTF-8: convert the file to UTF-8", lines.Number);
            if (lines.IsTooLong) problems.Add(ImportAnomaly.Malformed, lines.Number, "a line that is too long");
            foreach (var line in Split(lines))
            {
                if (Take(line, lines.Number) is { } cue) yield return cue;
            }
        }

        if (End() is { } last) yield return last;
    }

    // A lone carriage return ends a line, too.
    private static string[] Split(LineReader lines) =>
        lines.IsTooLong ? [] : Encoding.UTF8.GetString(lines.Line.Span).Split('\r');

    private RawCue? Take(string line, long number)
    {
        if (number == 1 && !line.StartsWith("WEBVTT", StringComparison.Ordinal)) _block = Block.Text;
        // No comment may have them: a blank line is missing.
        if (CueClock.IsTimes(line)) return Begin(line, number);
        var isBlank = string.IsNullOrWhiteSpace(line);
        if (isWebVtt && _block != Block.Text && HasVoice(line)) problems.Add(ImportAnomaly.Malformed, number, "a voice outside of a cue");
        if (_block == Block.Note)
        {
            if (isBlank) _block = Block.Text;
        }
        else if (_followsBlank && isWebVtt && IsNote(line))
        {
            _block = Block.Note;
        }
        else if (_block == Block.Head)
        {
            if (isBlank) _block = Block.Text;
        }
        else if (!isBlank)
        {
            if (_lines.Count == 0) _strayLine = number;
            _lines.Add((line, _followsBlank));
        }

        _followsBlank = isBlank;
        return null;
    }

    private RawCue? Begin(string line, long number)
    {
        var times = CueClock.Read(line);
        if (times.Before.Length > 0) _lines.Add((times.Before, _followsBlank));
        if (_lines.Count > 0 && IsName(_lines[^1])) _lines.RemoveAt(_lines.Count - 1);
        var cue = End();
        _times = (number, times.Start, times.End);
        (_block, _followsBlank) = (Block.Text, false);
        if (times.Behind.Length > 0) _lines.Add((times.Behind, false));
        return cue;
    }

    private RawCue? End()
    {
        var text = _lines.ConvertAll(line => line.Text);
        _lines.Clear();
        if (_times is { } times) return new(times.Line, times.Start, times.End, text);
        if (text.Count > 0) problems.Add(ImportAnomaly.Malformed, _strayLine, "text before the times of the first cue");
        return null;
    }

    // SubRip numbers its cues; WebVTT may call them anything.
    private bool IsName((string Text, bool FollowsBlank) line) =>
        line.FollowsBlank && (isWebVtt ? !_followsBlank && !HasVoice(line.Text) : IsNumber(line.Text));

    // What somebody says is no comment and no name of a cue.
    private static bool HasVoice(string line) => line.Contains("<v", StringComparison.Ordinal);

    private static bool IsNumber(string line) => line.AsSpan().Trim() is { Length: > 0 } text && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsNote(string line) =>
        (line.StartsWith("NOTE", StringComparison.Ordinal) && (line.Length == 4 || char.IsWhiteSpace(line[4])))
        || line.AsSpan().Trim() is "STYLE" or "REGION";
}
