using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

public sealed class TtmlTests
{
    private static readonly XNamespace Tt = "http://www.w3.org/ns/ttml";

    [Fact]
    public void TTML_is_what_players_expect()
    {
        const string said = "so <we> & \"they\", go on with the next.";
        var document = new Transcript("a.wav", "en-GB", new TranscriptSegment(0, 0.5, 4, said, "ana"));
        var xml = Track.Export(document, TranscriptFormat.Ttml);
        Assert.Equal("en-GB", Parse(xml).Attribute(XNamespace.Xml + "lang")?.Value);
        Assert.Contains(
            """
                  <p xml:id="c1" begin="00:00:00.500" end="00:00:04.000">ana: so &lt;we&gt; &amp; &quot;they&quot;,<br/>go on with the next.</p>
            """,
            xml, StringComparison.Ordinal);
    }

    [Fact]
    public void TTML_has_the_cues_of_SubRip_and_is_well_formed_whatever_was_said() => Documents.Hold(document =>
    {
        var paragraphs = Parse(Track.Export(document, TranscriptFormat.Ttml)).Descendants(Tt + "p").ToList();
        var cues = Track.Of(document, TranscriptFormat.Srt).Cues;
        Assert.Equal(cues.Select(cue => cue.Text), paragraphs.Select(TextOf));
        Assert.Equal(cues.Select(cue => cue.Start), paragraphs.Select(paragraph => Milliseconds(paragraph.Attribute("begin")!.Value)));
        Assert.Equal(cues.Select(cue => cue.End), paragraphs.Select(paragraph => Milliseconds(paragraph.Attribute("end")!.Value)));
    });

    [Fact]
    public void A_language_that_is_no_tag_is_left_out() =>
        Assert.Equal("", Parse(Track.Export(new("", "\" x='"), TranscriptFormat.Ttml)).Attribute(XNamespace.Xml + "lang")?.Value);

    private static string TextOf(XElement paragraph) =>
        string.Concat(paragraph.Nodes().Select(node => node is XText text ? text.Value : "\n"));

    private static XElement Parse(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new() { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }

    private static long Milliseconds(string clock)
    {
        var parts = clock.Split(':', '.').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3];
    }
}
