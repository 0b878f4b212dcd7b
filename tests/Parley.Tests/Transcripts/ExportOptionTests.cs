using System.Text;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class ExportOptionTests
{
    private static readonly Transcript Document = new("a", "", new TranscriptSegment(0, 0, 1, "café", "ana"));

    public static TheoryData<TranscriptFormat> Formats => new(Enum.GetValues<TranscriptFormat>());

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_byte_order_mark_begins_CSV_and_what_it_is_asked_for(TranscriptFormat format)
    {
        var isJson = format is TranscriptFormat.Json or TranscriptFormat.JsonLines;
        Assert.Equal(format == TranscriptFormat.Csv, await HasMark(new()));
        Assert.Equal(!isJson, await HasMark(new() { ByteOrderMark = true }));
        Assert.False(await HasMark(new() { ByteOrderMark = false }));

        async Task<bool> HasMark(TranscriptExportOptions options)
        {
            using var file = new MemoryStream();
            await TranscriptExporter.WriteAsync(Document, format, options, file, TestContext.Current.CancellationToken);
            return file.ToArray().AsSpan().StartsWith(Encoding.UTF8.Preamble);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lines_end_as_asked_for_where_the_format_leaves_it_open(TranscriptFormat format)
    {
        var lf = string.Concat(TranscriptExporter.Pieces(Document, format));
        var crlf = string.Concat(TranscriptExporter.Pieces(Document, format, new() { LineEnds = LineEnd.CrLf }));
        if (format is TranscriptFormat.Json or TranscriptFormat.JsonLines or TranscriptFormat.Csv) Assert.Equal(lf, crlf);
        else Assert.Equal(lf.Replace("\n", "\r\n", StringComparison.Ordinal), crlf);
    }

    [Theory]
    [InlineData("line_length", "30", "9", "many", "30.5", "-30")]
    [InlineData("wide_line_length", "13", "4", "101", "")]
    [InlineData("lines", "3", "0", "11", "1e1")]
    [InlineData("min_cue_sec", "0.5", "0", "11", "NaN")]
    [InlineData("max_cue_sec", "6.5", "0", "61", "Infinity")]
    [InlineData("reading_speed", "17", "4", "101", "+")]
    [InlineData("speakers", "all", "", "ALL", "0")]
    [InlineData("offset_sec", "-2.5", "1000001", "x", " 1")]
    [InlineData("word_times", "true", "1", "yes", "True")]
    [InlineData("bom", "false", "1", "no", "")]
    [InlineData("line_ends", "crlf", "cr", "\n", "CRLF")]
    public void A_parameter_takes_its_values_and_no_others(string name, string value, params string[] others)
    {
        var parameter = ExportParameter.All.Single(parameter => parameter.Name == name);
        var changed = parameter.Set(TranscriptExportOptions.Default, value);
        Assert.NotNull(changed);
        Assert.NotEqual(TranscriptExportOptions.Default, changed);
        Assert.All(others, other => Assert.Null(parameter.Set(TranscriptExportOptions.Default, other)));
        Assert.NotEmpty(parameter.Formats);
    }

    [Fact]
    public void Options_out_of_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubtitleOptions { LineLength = 9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubtitleOptions { Lines = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubtitleOptions { OffsetSec = double.NaN });
        Assert.NotNull(ExportParameter.ProblemOf(new() { Subtitles = new() { MinCueSec = 3, MaxCueSec = 2 } }));
        Assert.Null(ExportParameter.ProblemOf(new()));
    }
}
