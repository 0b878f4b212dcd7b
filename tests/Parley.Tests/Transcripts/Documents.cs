using FsCheck;
using FsCheck.Fluent;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

/// <summary>Random documents, of what breaks formats: their own markup, line ends, formulas, control characters, odd times.</summary>
internal static class Documents
{
    private static readonly string[] Fragments =
    [
        "", " ", "yes", "what is -->", "00:00:01,000 --> 00:00:02,000", "\n\n", "\r\n\r\n", "\r", "WEBVTT", "NOTE this", "STYLE", "42",
        "<b>", "</v>", "<v Eve>", "&", "&amp;", "&lt;", "\"", "\"\"", ",", ";", "'", "=1+1", "+1", "-1", "@sum", "\t=1", "＝1",
        "\0", "\u0007", "\u001b[31m", "\u0085", "\u2028", "\u2029", "\ufeff", "{\\an8}", "**bold**", "[x](javascript:1)",
        "![i](http://e.org)", "# h", "- item", "1. one", "`code`", "| a |", "<script>alert(1)</script>", "http://e.org", "www.e.org",
        "\\", "\\*", "~~~", "---", "\u6f22\u5b57", "\ud83d\udeb2", "שלום", "e\u0301", "\u00a0",
        "\u202e cba", "\u2066 open", "a\u2069",
    ];

    private static readonly string?[] Speakers = ["ana", "ben <b>", "a & b", "x --> y", "two\n\nlines", "=cmd", "*eve*", "\0", " ", "", null];

    private static readonly double[] OddTimes = [-3661.25, -0.5, 0, 0.0004, 0.0005, 59.9994, 59.9996, 3599.9996, 359999.9996, 1234567.891, 1e7, 1e300];

    public static Gen<string> Text => Gen.ArrayOf(Gen.Elements(Fragments)).Select(fragments => string.Join(fragments.Length % 2 == 0 ? "" : " ", fragments));

    public static Gen<Transcript> Any =>
        from rows in Gen.ArrayOf(Row)
        from language in Gen.Elements("", "en")
        from labels in Gen.Elements(false, true)
        select new Transcript("meeting *1*\n.wav", language, rows.Select((row, i) => new TranscriptSegment(i, row.Start, row.End, row.Text, row.Speaker)))
        {
            Speakers = labels ? [new("ana", "Ana <Ltd> & Co"), new("ben <b>", " "), new("other")] : null,
        };

    public static void Hold(Action<Transcript> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(40), Prop.ForAll(Arb.From(Any), property));

    private static Gen<(double Start, double End, string Text, string? Speaker)> Row =>
        from start in Gen.OneOf(Gen.Choose(-20, 2000).Select(tenths => tenths / 10.0), Gen.Elements(OddTimes))
        from length in Gen.Elements(-1, 0, 0.0001, 0.5, 2.25, 4000)
        from text in Text
        from speaker in Gen.Elements(Speakers)
        select (start, start + length, text, speaker);
}
