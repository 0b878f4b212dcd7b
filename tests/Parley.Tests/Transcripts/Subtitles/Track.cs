using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>A file of subtitles as another program would read it.</summary>
internal sealed partial record Track(IReadOnlyList<Track.Cue> Cues)
{
    public const char WordJoiner = '\u2060';

    public static string Export(Transcript document, TranscriptFormat format, SubtitleOptions? options = null) =>
        string.Concat(TranscriptExporter.Pieces(document, format, new() { Subtitles = options ?? SubtitleOptions.Default }));

    public static Track Of(Transcript document, TranscriptFormat format, SubtitleOptions? options = null)
    {
        var file = Export(document, format, options);
        return format == TranscriptFormat.Srt ? OfSrt(file) : OfVtt(file);
    }

    /// <summary>Blocks between empty lines, each a number, a timing line, lines of text.</summary>
    public static Track OfSrt(string srt) => new([.. Blocks(srt).Select((block, index) =>
    {
        var lines = block.Split('\n');
        Assert.Equal((index + 1).ToString(CultureInfo.InvariantCulture), lines[0]);
        return Parse(lines[1..], ',', line => line.Replace($"{WordJoiner}", "", StringComparison.Ordinal));
    })]);

    public static Track OfVtt(string vtt)
    {
        var blocks = Blocks(vtt);
        Assert.Equal("WEBVTT", blocks[0]);
        return new([.. blocks.Skip(1).Select(block =>
        {
            var lines = block.Split('\n');
            var voice = VoiceTag().Match(lines[1]);
            lines[1] = lines[1][voice.Length..];
            return Parse(lines, '.', Unescape) with { Voice = voice.Success ? voice.Groups[1].Value : null };
        })]);
    }

    private static string[] Blocks(string file)
    {
        Assert.DoesNotContain('\r', file);
        if (file.Length > 0) Assert.EndsWith("\n\n", file, StringComparison.Ordinal);
        return file.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static Cue Parse(string[] lines, char point, Func<string, string> read)
    {
        var timing = Timing().Match(lines[0].Replace(point, '!'));
        Assert.True(timing.Success, "not a timing line");
        foreach (var line in lines[1..])
        {
            Assert.DoesNotContain("-->", line, StringComparison.Ordinal);
            Assert.DoesNotContain(line, char.IsControl);
            Assert.NotEqual("", line);
        }

        return new(Milliseconds(timing, 1), Milliseconds(timing, 5), [.. lines[1..].Select(read)]);
    }

    private static long Milliseconds(Match timing, int group)
    {
        var parts = Enumerable.Range(group, 4)
            .Select(i => long.Parse(timing.Groups[i].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3];
    }

    private static string Unescape(string text)
    {
        var bare = TimeTag().Replace(text, "");
        Assert.Equal(-1, bare.AsSpan().IndexOfAny('<', '>'));
        return bare.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(\d{2,}):([0-5]\d):([0-5]\d)!(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)!(\d{3})$")]
    private static partial Regex Timing();

    [GeneratedRegex(@"^<v ([^<>&\n]+)>")]
    private static partial Regex VoiceTag();

    [GeneratedRegex(@"<\d\d:\d\d:\d\d\.\d{3}>")]
    private static partial Regex TimeTag();

    internal sealed record Cue(long Start, long End, IReadOnlyList<string> Lines)
    {
        public string? Voice { get; init; }

        public string Text => string.Join('\n', Lines);
    }
}
