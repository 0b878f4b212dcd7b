using System.Xml;
using System.Xml.Linq;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class HtmlExportTests
{
    [Fact]
    public void A_page_has_turns_with_names_times_and_texts()
    {
        var document = new Transcript(
            "stand-up.wav", "en", new(0, 2.9, 4, "Good <morning>.", "ana"), new(1, 5, 6, "How are you?", "ana"),
            new(2, 3661, 3662, "Gut.", "ben") { Language = "de" }, new TranscriptSegment(3, 3663, 3664, "…"))
        {
            Speakers = [new("ana", "Ana & Co")],
        };
        var page = Page(document);
        Assert.Equal("en", page.Attribute("lang")?.Value);
        Assert.Equal("stand-up.wav", page.Descendants("title").Single().Value);
        Assert.Equal(["Ana & Co", "ben"], page.Descendants("h3").Select(name => name.Value));
        Assert.Equal([2, 1, 1], page.Descendants("article").Select(turn => turn.Elements("p").Count()));
        Assert.Equal(["00:00:02", "00:00:05", "01:01:01", "01:01:03"], page.Descendants("time").Select(time => time.Value));
        Assert.Equal(["Good <morning>.", "How are you?", "Gut.", "…"], page.Descendants("span").Select(said => said.Value));
        Assert.Equal([null, null, "de", null], page.Descendants("span").Select(said => said.Attribute("lang")?.Value));
    }

    [Fact]
    public void A_summary_stands_before_what_was_said()
    {
        var summary = new TranscriptSummary("# Decisions\n- <b>go</b>\n- **wait** & see\n\nAll agree.\n", "By a model.");
        var section = Page(new(), new() { Summary = summary }).Descendants("section").First();
        Assert.Equal(
            ["h2 Summary", "p By a model.", "h3 Decisions", "ul <b>go</b>wait & see", "p All agree."],
            section.Elements().Select(element => $"{element.Name} {element.Value.Replace("\n", "", StringComparison.Ordinal)}"));
    }

    [Fact]
    public void A_page_is_well_formed_and_has_every_text_and_nothing_that_runs() => Documents.Hold(document =>
    {
        var page = Page(document);
        Assert.Equal(
            document.Segments.Select(segment => Subtitles.Visible.Of(segment.Text)),
            page.Descendants("span").Select(said => Subtitles.Visible.Of(said.Value)));
        string[] known =
            ["html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "bdi", "section", "article", "p", "a", "time", "span"];
        Assert.Subset(known.ToHashSet(), page.DescendantsAndSelf().Select(element => element.Name.LocalName).ToHashSet());
        string[] attributes = ["lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "datetime", "dir"];
        var used = page.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName);
        Assert.Subset(attributes.ToHashSet(), used.ToHashSet());
        Assert.All(page.Descendants("a"), link => Assert.Matches("^#s[0-9]+$", link.Attribute("href")!.Value));
    });

    [Fact]
    public void An_empty_document_is_a_page() => Assert.Equal("Transcript", Page(new()).Descendants("title").Single().Value);

    // HTML has no DTD; as XML the page is well-formed without its first line.
    private static XElement Page(Transcript document, TranscriptExportOptions? options = null)
    {
        var html = string.Concat(TranscriptExporter.Pieces(document, TranscriptFormat.Html, options));
        const string first = "<!DOCTYPE html>\n";
        Assert.StartsWith(first, html, StringComparison.Ordinal);
        using var reader = XmlReader.Create(new StringReader(html[first.Length..]), new() { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }
}
