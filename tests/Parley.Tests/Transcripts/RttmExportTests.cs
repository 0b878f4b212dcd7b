using System.Globalization;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class RttmExportTests
{
    [Fact]
    public void RTTM_says_who_speaks_when() => Assert.Equal(
        """
        SPEAKER my_talk.wav 1 0.500 1.250 <NA> <NA> Ana_B <NA> <NA>
        SPEAKER my_talk.wav 1 2.000 0.001 <NA> <NA> <NA> <NA> <NA>

        """.ReplaceLineEndings("\n"),
        Export(new("my talk.wav", "", new(1, 2, 1, "so"), new TranscriptSegment(0, 0.5, 1.75, "", "Ana B"))));

    [Fact]
    public void Any_RTTM_has_ten_fields_a_line_in_the_order_of_their_starts() => Documents.Hold(document =>
    {
        var lines = Export(document).Split('\n')[..^1];
        Assert.Equal(document.Segments.Count, lines.Length);
        Assert.All(lines, line => Assert.Equal(10, line.Split((char[]?)null, StringSplitOptions.None).Length));
        var starts = lines.Select(line => decimal.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(starts.Order(), starts);
        Assert.All(lines, line => Assert.True(decimal.Parse(line.Split(' ')[4], CultureInfo.InvariantCulture) > 0));
    });

    private static string Export(Transcript document) => string.Concat(TranscriptExporter.Pieces(document, TranscriptFormat.Rttm));
}
