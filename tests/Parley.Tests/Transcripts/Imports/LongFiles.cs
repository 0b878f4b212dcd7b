using System.Globalization;
using System.Text;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>Long transcripts, with the times of words where the format has them.</summary>
internal static class LongFiles
{
    private const double SecPerWord = 0.36;
    private const StringComparison OrdinalCase = StringComparison.Ordinal;

    public static byte[] Of(string format, int segments, int words) => Encoding.UTF8.GetBytes(format switch
    {
        "whisper" => Document("{\"text\":\"\",\"segments\":[", segments, words, Segment, "],\"language\":\"en\"}"),
        "json" => Document("{\"schema_version\":2,\"file\":\"\",\"language\":\"en\",\"segments\":[", segments, words, Segment, "]}"),
        "jsonl" => Lines(
            "", segments, words, (i, count) => Segment(i, count).Replace("\"id\"", "\"tone\":null,\"id\"", OrdinalCase) + "\n"),
        "deepgram-batch" => Document(
            "{\"metadata\":{\"channels\":1},\"results\":{\"channels\":[{\"alternatives\":[{\"words\":[",
            segments, words, DeepgramWords, "]}]}]}}"),
        "srt" => Lines("", segments, words, (i, count) => $"{i + 1}\n{Times(i, count, ',')}\n{Said(i, count)}\n\n"),
        _ => Lines("WEBVTT\n\n", segments, words, (i, count) => $"{Times(i, count, '.')}\n<v spk_{i % 2}>{Said(i, count)}</v>\n\n"),
    });

    private static string Document(string head, int segments, int words, Func<int, int, string> piece, string tail) =>
        head + string.Join(',', Enumerable.Range(0, segments).Select(i => piece(i, words))) + tail;

    private static string Lines(string head, int segments, int words, Func<int, int, string> piece) =>
        head + string.Concat(Enumerable.Range(0, segments).Select(i => piece(i, words)));

    private static string Segment(int i, int words) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"id":{{i}},"start":{{Start(i, words, 0):F2}},"end":{{Start(i, words, words):F2}},"text":"{{Said(i, words)}}","speaker":"spk_{{i % 2}}","words":[{{Words(i, words, "word")}}]}
        """);

    private static string DeepgramWords(int i, int words) =>
        Words(i, words, "punctuated_word").Replace("{", $"{{\"speaker\":{i % 2},", OrdinalCase);

    private static string Words(int i, int words, string name) =>
        string.Join(',', Enumerable.Range(0, words).Select(at => Word(i, words, at, name)));

    private static string Word(int i, int words, int at, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"{{name}}":"{{Text(i, words, at)}}","start":{{Start(i, words, at):F2}},"end":{{Start(i, words, at) + 0.3:F2}}}""");

    private static string Said(int i, int words) => string.Join(' ', Enumerable.Range(0, words).Select(at => Text(i, words, at)));

    private static string Text(int i, int words, int at) =>
        at + 1 == words ? "berth." : ((i + at) % 3) switch { 0 => "mooring", 1 => "ferry", _ => "the" };

    private static double Start(int i, int words, int at) => ((i * words) + at) * SecPerWord;

    private static string Times(int i, int words, char point) =>
        $"{Clock(Start(i, words, 0), point)} --> {Clock(Start(i, words, words) - 0.05, point)}";

    private static string Clock(double seconds, char point) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(seconds):hh\\:mm\\:ss}{point}{(int)(seconds * 1000) % 1000:000}");
}
