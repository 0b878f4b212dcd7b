using FsCheck;
using FsCheck.Fluent;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>
/// Conversations as people have them, in several scripts, with and without the times of words. People may talk over each other; one person
/// says one thing at a time.
/// </summary>
internal static class Conversations
{
    private static readonly string[][] Vocabularies =
    [
        ["we", "should", "look", "at", "the", "numbers", "again,", "before", "anything", "is", "signed.", "Really?", "unquestionably"],
        ["שלום,", "אני", "גר", "ב־New", "York", "עכשיו.", "מה", "שלומך?", "24"],
        ["مرحبا،", "بكم", "هذا", "اليوم؟", "iPhone", "15", "جيد."],
        ["Größe", "Straßenbahnhaltestelle", "–", "\"ja\",", "(doch)", "e\u0301te\u0301.", "👨‍👩‍👧", "naïve"],
    ];

    private static readonly string[] Ideographs = ["今天天气很好，", "我用", "iPhone", "15", "拍照。", "「はい」", "と言った。", "コーヒー", "안녕하세요", "100％"];

    public static Gen<Transcript> Any =>
        from speakers in Gen.Choose(1, 3)
        from turns in Gen.ArrayOf(Turn, 12)
        select Build(speakers, turns);

    public static void Hold(Action<Transcript> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60), Prop.ForAll(Arb.From(Any), property));

    private static Gen<(int Speaker, double Pause, string Text, double Pace, bool HasWords)> Turn =>
        from speaker in Gen.Choose(0, 2)
        from pause in Gen.Elements(-1.5, 0, 0.2, 0.7, 3)
        from script in Gen.Choose(0, Vocabularies.Length)
        from length in Gen.Choose(1, 40)
        from words in Gen.ArrayOf(Gen.Elements(script == Vocabularies.Length ? Ideographs : Vocabularies[script]), length)
        from pace in Gen.Elements(0.25, 0.4, 0.9)
        from hasWords in Gen.Elements(false, true)
        select (speaker, pause, string.Join(script == Vocabularies.Length ? "" : " ", words), pace, hasWords);

    private static Transcript Build(int speakers, (int Speaker, double Pause, string Text, double Pace, bool HasWords)[] turns)
    {
        var (document, ends, now) = (new Transcript("talk", ""), new double[speakers], 0.0);
        foreach (var (turn, id) in turns.Select((turn, id) => (turn, id)))
        {
            var speaker = turn.Speaker % speakers;
            var start = Math.Round(Math.Max(ends[speaker], Math.Max(0, now + turn.Pause)), 3);
            string[] words = turn.HasWords ? turn.Text.Split(' ') : [turn.Text];
            var lettersAWord = Visible.HasWide(turn.Text) ? 1.4 : 6;
            var perWord = turn.HasWords && words.Length > 1 ? turn.Pace : turn.Text.Length * turn.Pace / lettersAWord;
            var end = Math.Round(start + words.Length * perWord, 3);
            var segment = new TranscriptSegment(id, start, end, turn.Text, $"s{speaker}");
            if (turn.HasWords)
                segment.Words = [.. words.Select((word, i) => new TranscriptWord(word, start + i * perWord, start + (i + 0.8) * perWord))];
            document.Segments.Add(segment);
            (ends[speaker], now) = (end, end);
        }

        return document;
    }
}
