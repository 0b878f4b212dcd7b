using System.Diagnostics.CodeAnalysis;

namespace Parley.Transcripts;

/// <summary>The formats of finished transcripts that can be read.</summary>
public static class ImportFormats
{
    /// <summary>Our document, schema version 2.</summary>
    internal static readonly ImportFormat Json = new(
        "json", "The transcript JSON that Parley and slower-whisper write.",
        () => new DocumentImport());

    /// <summary>The segments of our document, one a line.</summary>
    internal static readonly ImportFormat JsonLines = new(
        "jsonl", "The segments of a transcript, one JSON object a line, as parley export writes them.",
        () => new SegmentLinesImport());

    internal static readonly ImportFormat WebVtt = new(
        "vtt", "WebVTT, with its voices and its times of words.",
        () => new SubtitleImport(isWebVtt: true));

    internal static readonly ImportFormat SubRip = new(
        "srt", "SubRip subtitles; names before a colon are speakers where most cues have one.",
        () => new SubtitleImport(isWebVtt: false));

    internal static readonly ImportFormat Whisper = new(
        "whisper", "The JSON of openai-whisper, faster-whisper, whisperX and OpenAI's API.",
        () => new WhisperImport());

    internal static readonly ImportFormat WhisperCpp = new(
        "whisper-cpp", "The JSON of whisper.cpp, plain or full.",
        () => new WhisperCppImport());

    internal static readonly ImportFormat Deepgram = new(
        "deepgram-batch", "The response of Deepgram for a recording.",
        () => new DeepgramImport());

    internal static readonly ImportFormat AssemblyAi = new(
        "assemblyai-batch", "A transcript of AssemblyAI for a recording.",
        () => new AssemblyAiImport());

    internal static readonly ImportFormat Aws = new(
        "aws-batch", "The output of a job of Amazon Transcribe.",
        () => new AwsImport());

    internal static readonly ImportFormat Azure = new(
        "azure-batch", "The result of a batch or fast transcription of Azure Speech.",
        () => new AzureImport());

    internal static readonly ImportFormat Google = new(
        "google-batch", "The results of Google Speech-to-Text, v1 or v2, for a recording.",
        () => new GoogleImport());

    /// <summary>Gets all of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } =
        [Json, JsonLines, SubRip, WebVtt, Whisper, WhisperCpp, Deepgram, AssemblyAi, Aws, Azure, Google];

    /// <summary>Finds a format by its name, exactly as it is written.</summary>
    public static bool TryGet(string? name, [NotNullWhen(true)] out ImportFormat? format) =>
        (format = All.FirstOrDefault(known => known.Name == name)) is not null;
}
