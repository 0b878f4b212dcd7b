using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Timed Text Markup Language (W3C), within the text profile of IMSC 1.1: white on black at the bottom of the picture.</summary>
internal static class TtmlExport
{
    private const string Layout =
        """
          <head>
            <styling>
              <style xml:id="text" tts:color="white" tts:backgroundColor="black"
                     tts:fontFamily="proportionalSansSerif" tts:textAlign="center"/>
            </styling>
            <layout>
              <region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"/>
            </layout>
          </head>
          <body region="bottom" style="text">
            <div>

        """;

    public static SegmentPieces Pieces(ExportSource source, SubtitleOptions options)
    {
        var count = 0;
        var head =
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
                xmlns:tts="http://www.w3.org/ns/ttml#styling" ttp:timeBase="media"
                ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" xml:lang="{source.LanguageTag}">

            """;
        return SegmentPieces.OfCues(Unix(head + Layout), new(source.Names, options, showsNames: true), cue =>
        {
            var lines = cue.Lines(word => word.Text).Select(Line);
            var (begin, end, text) = (Clock.Text(cue.Start), Clock.Text(cue.End), string.Join("<br/>", lines));
            return string.Create(
                CultureInfo.InvariantCulture, $"      <p xml:id=\"c{++count}\" begin=\"{begin}\" end=\"{end}\">{text}</p>\n");
        }, "    </div>\n  </body>\n</tt>\n");
    }

    private static string Line((string Name, string Said) line) =>
        PlainText.Escaped(line.Name.Length > 0 && line.Said.Length > 0 ? $"{line.Name} {line.Said}" : line.Name + line.Said);

    private static string Unix(string text) => text.ReplaceLineEndings("\n");
}
