using Parley.Streaming;

namespace Parley.Tests.Streaming;

public class TextJoinTests
{
    [Theory]
    [InlineData("你好", "世界", "你好世界")]
    [InlineData("你好。", "再见", "你好。再见")]
    [InlineData("これは", "ペンです", "これはペンです")]
    [InlineData("สวัสดี", "ครับ", "สวัสดีครับ")]
    [InlineData("ភាសា", "ខ្មែរ", "ភាសាខ្មែរ")]
    [InlineData("ສະບາຍ", "ດີ", "ສະບາຍດີ")]
    [InlineData("မြန်မာ", "စာ", "မြန်မာစာ")]
    [InlineData("\U00020000", "\U00020001", "\U00020000\U00020001")]
    [InlineData("漢\U000E0100", "字", "漢\U000E0100字")]
    public void Script_puts_no_space_in_scripts_that_have_none(string first, string second, string expected) =>
        Assert.Equal(expected, Joined(TextJoin.Script, first, second));

    [Theory]
    [InlineData("안녕", "하세요", "안녕 하세요")]
    [InlineData("hello", "世界", "hello 世界")]
    [InlineData("世界", "hello", "世界 hello")]
    [InlineData("مرحبا", "بكم", "مرحبا بكم")]
    [InlineData("one", "two", "one two")]
    [InlineData("one ", "two", "one two")]
    [InlineData("\ud800", "漢", "\ud800 漢")]
    public void Script_puts_a_space_everywhere_else(string first, string second, string expected) =>
        Assert.Equal(expected, Joined(TextJoin.Script, first, second));

    [Theory]
    [InlineData("Really", "?", "Really?")]
    [InlineData("¿Hola", ", cómo estás?", "¿Hola, cómo estás?")]
    [InlineData("well", "...", "well...")]
    [InlineData("so", "…\" he", "so …\" he")]
    [InlineData("(quiet", ").", "(quiet).")]
    [InlineData("كم", "؟", "كم؟")]
    [InlineData("OK", "。", "OK。")]
    [InlineData("we use", ".NET", "we use .NET")]
    [InlineData("it costs", "-5", "it costs -5")]
    public void Script_puts_no_space_before_punctuation_that_closes(string first, string second, string expected) =>
        Assert.Equal(expected, Joined(TextJoin.Script, first, second));

    [Fact]
    public void Contract_puts_a_space_before_everything() => Assert.Equal("Really ?", Joined(TextJoin.Contract, "Really", "?"));

    [Fact]
    public void Contract_puts_a_space_in_any_script() => Assert.Equal("你好 世界", Joined(TextJoin.Contract, "你好", "世界"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("  ", 0)]
    [InlineData("well, then", 2)]
    [InlineData("ten\u00a0kilos", 2)]
    [InlineData("你好 world", 3)]
    [InlineData("it's🚲ok", 1)]
    [InlineData("well , then ...", 2)]
    [InlineData("we use .NET", 3)]
    public void Words_are_counted(string text, int count) => Assert.Equal(count, Words.Count(text));

    [Fact]
    public void Joining_never_changes_the_number_of_words()
    {
        string[] texts =
        [
            "", " ", "one", "two ", " three", "你好", "。", "hello世界", "สวัสดี", "한국", "漢\U000E0100", "\ud83d", "\udeb2",
            ",", "?!", ".NET", ", so", "、x",
        ];
        foreach (var join in Enum.GetValues<TextJoin>())
        {
            foreach (var (first, second) in texts.SelectMany(first => texts.Select(second => (first, second))))
                Assert.Equal(Words.Count(first) + Words.Count(second), Words.Count(Joined(join, first, second)));
        }
    }

    [Theory]
    [InlineData("今天天气很好，我用 iPhone 15 拍照。", "今天天气", "很好，", "我用 iPhone", "15 拍照。")]
    [InlineData("안녕 반가워", "안녕", "반가워")]
    [InlineData("สวัสดีครับ", "สวัสดี", "ครับ")]
    [InlineData("مرحبا بكم 24", "مرحبا", "بكم 24")]
    [InlineData("¿Hola, cómo estás?", "¿Hola", ", cómo estás?")]
    [InlineData("It costs 5,000. Really?", "It costs", "5,000", ".", "Really", "?")]
    public void A_segment_of_chunks_reads_as_it_is_written(string expected, params string[] chunks) =>
        Assert.Equal(expected, Joined(TextJoin.Script, chunks));

    private static string Joined(TextJoin join, params string[] texts)
    {
        var session = new StreamingSession(new StreamConfig { Join = join });
        foreach (var (text, index) in texts.Select((text, index) => (text, index))) session.IngestChunk(new(index, index + 1, text));
        return session.EndOfStream()[0].Segment.Text;
    }
}
