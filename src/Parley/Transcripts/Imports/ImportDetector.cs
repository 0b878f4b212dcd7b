using System.Text;

namespace Parley.Transcripts;

/// <summary>What the beginning of a file tells of its format.</summary>
/// <param name="Format">The format; null where it is not told.</param>
/// <param name="Reason">What shows it, to be read after "because"; where no format is told, what the file looks like and lacks, if
/// anything.</param>
/// <param name="MayChange">Whether more of the file may tell more.</param>
internal readonly record struct ImportDetection(ImportFormat? Format, string? Reason = null, bool MayChange = false);

/// <summary>Tells the format of a file by how it begins.</summary>
internal static class ImportDetector
{
    /// <summary>How far into a file it is looked for at most, in bytes: the text of the whole may stand first.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    // The first fields of a document; behind them is what is in the middle of it.
    private const int Enough = 64 * 1024;

    // What only messages of a recogniser have at their top.
    private static readonly string[] LiveFields = ["type", "turn_order", "uid", "start", "event", "message", "message_type"];

    /// <summary>Tells the format.</summary>
    /// <param name="start">The beginning of the file, in UTF-8.</param>
    /// <param name="isAll">Whether that is the whole file.</param>
    public static ImportDetection Detect(ReadOnlySpan<byte> start, bool isAll)
    {
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        if (text.StartsWith("WEBVTT"u8)) return new(ImportFormats.WebVtt, "it begins with WEBVTT");
        var content = text.TrimStart(" \t\r\n"u8);
        if (content.IsEmpty) return new(null, MayChange: !isAll);
        return content[0] is (byte)'{' or (byte)'[' or (byte)'/' ? DetectJson(content, isAll) : DetectSubRip(content, isAll);
    }

    private static ImportDetection DetectSubRip(ReadOnlySpan<byte> content, bool isAll)
    {
        // A number and the times, or the times at once.
        for (var lines = 0; lines < 3; lines++)
        {
            var end = content.IndexOf((byte)'\n');
            if (end < 0 && !isAll && content.Length < Enough) return new(null, MayChange: true);
            var line = Encoding.UTF8.GetString(end < 0 ? content[..Math.Min(content.Length, Enough)] : content[..end]);
            if (CueClock.IsTimes(line) && CueClock.Read(line) is var times && (double.IsFinite(times.Start) || double.IsFinite(times.End)))
                return new(ImportFormats.SubRip, "it begins with the times of a cue");
            if (end < 0 || (line.AsSpan().Trim() is { Length: > 0 } text && text.ContainsAnyExceptInRange('0', '9'))) break;
            content = content[(end + 1)..];
        }

        return new(null);
    }

    private static ImportDetection DetectJson(ReadOnlySpan<byte> content, bool isAll)
    {
        var shape = JsonShape.Of(content);
        if (shape is { IsComplete: false, IsBroken: false } && !isAll && content.Length < Enough) return new(null, MayChange: true);
        var rest = shape.IsComplete ? content[shape.Length..].TrimStart(" \t\r\n"u8) : default;
        if (IsSegmentLine(shape)) return new(ImportFormats.JsonLines, "it begins with a segment of a transcript");
        // Several values, one behind the other, are messages of a recogniser.
        if (shape.IsComplete && !rest.IsEmpty) return new(null);
        if (Document(shape) is { Format: not null } told)
            return shape.IsComplete && !isAll && IsOneLine(content, shape) ? told with { MayChange = true } : told;
        return new(null, NearMiss(shape, content), MayChange: !isAll && shape is { IsComplete: false, IsBroken: false });
    }

    // A program that writes messages may write the next at any time.
    private static bool IsOneLine(ReadOnlySpan<byte> content, JsonShape shape) => !content[..shape.Length].Contains((byte)'\n');

    private static bool IsSegmentLine(JsonShape shape) =>
        shape.IsComplete && shape.Has("start") && shape.Has("end") && shape.Has("text") && shape.Has("id")
        && shape.HasAny("audio_state", "tone", "annotations");

    private static ImportDetection Document(JsonShape shape)
    {
        if (shape.Has("schema_version") && shape.Has("segments")) return new(ImportFormats.Json, "it has a schema_version and segments");
        if (shape.HasAny("segments[].audio_state", "segments[].tone", "segments[].speaker.id"))
            return new(ImportFormats.Json, "it has segments as slower-whisper writes them");
        if (shape.Has("transcription[]") && shape.HasAny("transcription[].offsets", "transcription[].timestamps", "systeminfo"))
            return new(ImportFormats.WhisperCpp, "it has a transcription with offsets");
        if (shape.HasAny("results.channels[]", "results.utterances[]")) return new(ImportFormats.Deepgram, "it has results with channels");
        if (shape.HasAny("results.transcripts[]", "results.items[]", "results.audio_segments[]"))
            return new(ImportFormats.Aws, "it has results with transcripts and items");
        if (shape.HasAny("recognizedPhrases[]", "combinedRecognizedPhrases[]")) return new(ImportFormats.Azure, "it has recognizedPhrases");
        if (shape.HasAny("combinedPhrases[]", "phrases[].offsetMilliseconds"))
            return new(ImportFormats.Azure, "it has phrases and combinedPhrases");
        if (shape.HasAny(LiveFields)) return default;
        if (shape.HasAny("results[].alternatives[].transcript", "results[].alternatives[].words[]", "response.results[].alternatives[]"))
            return DetectGoogle(shape);
        if (shape.HasAny("words[].text", "utterances[].text") || (shape.Has("audio_url") && shape.Has("status")))
            return new(ImportFormats.AssemblyAi, "it has words and utterances of AssemblyAI");
        if (shape.Has("segments[].start") || (shape.Has("segments[]") && shape.Has("text")))
            return new(ImportFormats.Whisper, "it has segments with start and text");
        if (shape.HasAny("words[].word", "chunks[].timestamp")) return new(ImportFormats.Whisper, "it has words or chunks of Whisper");
        return shape.Has("[].start") && shape.Has("[].text")
            ? new(ImportFormats.Whisper, "it is a list of segments with start and text")
            : default;
    }

    // Live results say whether they are final.
    private static ImportDetection DetectGoogle(JsonShape shape) =>
        shape.HasAny("results[].isFinal", "results[].is_final", "results[].stability", "speechEventType", "speech_event_type")
            ? default
            : new(ImportFormats.Google, "it has results with alternatives");

    private static string? NearMiss(JsonShape shape, ReadOnlySpan<byte> content)
    {
        // One line may be a recogniser's, and what is broken a line among others.
        if (!shape.IsJson || shape.IsBroken || shape.Fields.Length == 0 || (shape.IsComplete && IsOneLine(content, shape))) return null;
        if (shape.Has("text") && !shape.HasAny("start", "end", "type", "result"))
            return "this looks like Whisper's JSON, but it has no segments: ask for verbose_json";
        return shape.Has("segments[]")
            ? "this looks like a transcript, but its segments have no start and text"
            : $"this is one JSON document with the fields {shape.Fields}, and no transcript that is known";
    }
}
