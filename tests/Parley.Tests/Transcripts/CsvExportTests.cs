using System.Globalization;
using System.Text;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class CsvExportTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("1=1", "1=1")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("a\0b\u001b[31m", "a b [31m")]
    public void A_cell_of_text_is_quoted_and_never_a_formula(string text, string cell) =>
        Assert.Equal($"id,start,end,speaker,text\r\n3,-0.5,1.25,{cell},{cell}\r\n", Export(new("", "", new TranscriptSegment(3, -0.5, 1.25, text, text))));

    [Fact]
    public void Any_CSV_parses_back_to_one_record_a_segment() => Documents.Hold(document =>
    {
        var records = Parse(Export(document));
        Assert.Equal(["id", "start", "end", "speaker", "text"], records[0]);
        Assert.Equal(document.Segments.Count, records.Count - 1);
        foreach (var (segment, record) in document.Segments.Zip(records.Skip(1)))
        {
            Assert.Equal(5, record.Count);
            Assert.Equal((segment.Id, segment.Start, segment.End), (int.Parse(record[0], CultureInfo.InvariantCulture), Number(record[1]), Number(record[2])));
            Assert.All(record.Skip(3), cell => Assert.False(cell is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..]));
            var text = string.Concat(segment.Text.Select(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t') ? ' ' : c));
            Assert.True(record[4] == text || record[4] == "'" + text);
        }
    });

    private static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    [Fact]
    public void Confidence_and_language_are_columns_where_a_segment_has_them()
    {
        var builder = new TranscriptBuilder();
        builder.Add(0, 1, "so", details: new(null, 0.5, "en-GB"));
        builder.Add(1, 2, "it");
        Assert.Equal(
            "id,start,end,speaker,text,confidence,language\r\n0,0,1,,so,0.5,en-GB\r\n1,1,2,,it,,\r\n", Export(builder.Build()));
    }

    private static string Export(Transcript document) => string.Concat(TranscriptExporter.Pieces(document, TranscriptFormat.Csv));

    /// <summary>RFC 4180 and nothing more: a stray quote or line end fails.</summary>
    private static List<List<string>> Parse(string csv)
    {
        List<List<string>> records = [[]];
        for (var i = 0; i < csv.Length;)
        {
            records[^1].Add(csv[i] == '"' ? Quoted(csv, ref i) : Bare(csv, ref i));
            if (csv[i] == ',')
            {
                i++;
                continue;
            }
            Assert.Equal("\r\n", csv.Substring(i, 2));
            i += 2;
            if (i < csv.Length) records.Add([]);
        }
        return records;
    }

    private static string Quoted(string csv, ref int i)
    {
        var cell = new StringBuilder();
        for (i++; ; i++)
        {
            if (csv[i] == '"' && csv[++i] != '"') return cell.ToString();
            cell.Append(csv[i]);
        }
    }

    private static string Bare(string csv, ref int i)
    {
        var from = i;
        while (csv[i] is not (',' or '\r')) Assert.False(csv[i++] is '"' or '\n');
        return csv[from..i];
    }
}
