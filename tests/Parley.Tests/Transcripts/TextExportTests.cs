using System.Text;
using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class TextExportTests
{
    private static readonly Transcript Hostile = new(
        "a_b\n.wav", "en", new(0, 0, 1, "plain, isn't it? 10:30", "ana"), new TranscriptSegment(1, 61.5, 62, "\n# *x* <b>\u001b[31m\u2028[l](http://e.org) www.e.org", "b\nen"))
    {
        Speakers = [new("ana", "*Ana*")],
    };

    [Fact]
    public void Plain_text_is_one_line_a_segment() => Assert.Equal(
        "[00:00:00.000] *Ana*: plain, isn't it? 10:30\n[00:01:01.500] b en: # *x* <b> [31m [l](http://e.org) www.e.org\n",
        Export(Hostile, TranscriptFormat.Text));

    [Fact]
    public void The_summary_before_plain_text_has_no_marks_of_Markdown()
    {
        var summary = new TranscriptSummary("## Main topics\n\nThe **night** ferry.\n\n### Who\n- ana: 2 ** 3 # 4", "Written by a model.");
        var text = string.Concat(TranscriptExporter.Pieces(Hostile, TranscriptFormat.Text, new() { Summary = summary }));
        Assert.StartsWith(
            "Summary\nWritten by a model.\n\nMain topics\n\nThe night ferry.\n\nWho\n- ana: 2 ** 3 # 4\n\nTranscript\n\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_shows_what_was_said_and_no_more() => Assert.Equal(
        """
        # a\_b .wav

        \[00:00:00.000\] **\*Ana\*:** plain, isn't it? 10:30

        \[00:01:01.500\] **b en:** \# \*x\* \<b\> \[31m \[l\](http\://e.org) www\.e.org

        """,
        Export(Hostile, TranscriptFormat.Markdown));

    [Fact]
    public void Any_text_or_Markdown_has_its_lines_and_no_control_character() => Documents.Hold(document =>
    {
        Assert.Equal(document.Segments.Count, Lines(TranscriptFormat.Text).Length);
        Assert.Equal(1 + 2 * document.Segments.Count, Lines(TranscriptFormat.Markdown).Length);
        string[] Lines(TranscriptFormat format) => Export(document, format).Split('\n')[..^1];
        foreach (var line in (string[])[.. Lines(TranscriptFormat.Text), .. Lines(TranscriptFormat.Markdown)])
            Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u2029');
        foreach (var line in Lines(TranscriptFormat.Text)) AssertIsolated(line);
    });

    [Fact]
    public void JSON_Lines_are_the_segments_with_all_their_fields() => Documents.Hold(document =>
    {
        foreach (var segment in document.Segments) segment.Json["unknown"] = new JsonArray(0, null, "x\ny");
        var lines = Export(document, TranscriptFormat.JsonLines).Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Equal(document.Segments.Count, lines.Length - 1);
        Assert.All(lines.Zip(document.Segments), pair => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pair.First), JsonNode.Parse(pair.Second.Json.ToJsonString()))));
    });

    [Theory]
    [InlineData("json", TranscriptFormat.Json)]
    [InlineData("srt", TranscriptFormat.Srt)]
    [InlineData("vtt", TranscriptFormat.Vtt)]
    [InlineData("txt", TranscriptFormat.Text)]
    [InlineData("md", TranscriptFormat.Markdown)]
    [InlineData("csv", TranscriptFormat.Csv)]
    [InlineData("jsonl", TranscriptFormat.JsonLines)]
    [InlineData("ttml", TranscriptFormat.Ttml)]
    [InlineData("html", TranscriptFormat.Html)]
    [InlineData("rttm", TranscriptFormat.Rttm)]
    public async Task Every_format_has_a_name_and_is_the_same_to_a_writer_and_a_stream(string name, TranscriptFormat format)
    {
        Assert.True(TranscriptFormats.TryParse(name.ToUpperInvariant(), out var parsed));
        Assert.Equal((format, name), (parsed, format.Name));
        var writer = new StringWriter();
        TranscriptExporter.Write(Hostile, format, writer);
        var stream = new MemoryStream();
        await TranscriptExporter.WriteAsync(Hostile, format, stream, TestContext.Current.CancellationToken);
        var mark = format == TranscriptFormat.Csv ? "\ufeff" : "";
        Assert.Equal(mark + writer.ToString(), new UTF8Encoding(false, true).GetString(stream.ToArray()));
        Assert.NotEqual('\ufeff', writer.ToString()[0]);
    }

    [Fact]
    public void An_unknown_name_or_format_is_refused()
    {
        Assert.False(TranscriptFormats.TryParse("doc", out _));
        Assert.False(TranscriptFormats.TryParse(null, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => TranscriptExporter.Pieces(Hostile, (TranscriptFormat)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((TranscriptFormat)99).Name);
    }

    [Theory]
    [InlineData(TranscriptFormat.Json)]
    [InlineData(TranscriptFormat.Csv)]
    [InlineData(TranscriptFormat.Srt)]
    [InlineData(TranscriptFormat.Vtt)]
    [InlineData(TranscriptFormat.Ttml)]
    [InlineData(TranscriptFormat.Html)]
    [InlineData(TranscriptFormat.Rttm)]
    public void An_export_comes_in_pieces_that_do_not_grow_with_the_document(TranscriptFormat format)
    {
        var document = new Transcript("a.wav", "en", Enumerable.Range(0, 1000).Select(i => new TranscriptSegment(i, i, i + 1, "some words", "ana")));
        // The head of TTML and of HTML is as long for every document.
        Assert.InRange(TranscriptExporter.Pieces(document, format).Skip(1).Max(piece => piece.Length), 10, 400);
    }

    /// <summary>What changes directions is in an isolate of its own, behind the time and the name.</summary>
    private static void AssertIsolated(string line)
    {
        var depth = 0;
        foreach (var c in line)
        {
            if (c is '\u2066' or '\u2067' or '\u2068') depth++;
            if (c == '\u2069') depth--;
            Assert.True(depth >= 0 && (depth > 0 || c is not (>= '\u202A' and <= '\u202E')));
        }

        Assert.Equal(0, depth);
    }

    private static string Export(Transcript document, TranscriptFormat format) => string.Concat(TranscriptExporter.Pieces(document, format));
}
