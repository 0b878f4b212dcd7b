using Parley.Asr;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>Words that a recogniser gives to another speaker in the middle of a sentence. A letter is a speaker's word.</summary>
public sealed class SpeakerSmoothingTests
{
    [Theory]
    [InlineData(1, "aabaa", "aaaaa", 1)]
    [InlineData(1, "aabbaa", "aabbaa", 0)]
    [InlineData(2, "aabbaa", "aaaaaa", 1)]
    [InlineData(2, "aabcaa", "aaaaaa", 1)]
    [InlineData(1, "ababab", "aaaaab", 2)]
    [InlineData(1, "baaab", "baaab", 0)]
    [InlineData(1, "aabcc", "aabcc", 0)]
    [InlineData(1, "a", "a", 0)]
    [InlineData(5, "abbbbba", "aaaaaaa", 1)]
    [InlineData(5, "abbbbbba", "abbbbbba", 0)]
    [InlineData(1, "a?b?a", "aabba", 0)]
    [InlineData(2, "a?b?a", "aaaaa", 1)]
    [InlineData(2, "?baa", "bbaa", 0)]
    [InlineData(1, "aab|aa", "aabaa", 0)]
    [InlineData(1, "aa|baa", "aabaa", 0)]
    [InlineData(2, "aab|baa", "aabbaa", 0)]
    [InlineData(1, "a|abaa", "aaaaa", 1)]
    public void A_few_words_without_a_pause_are_the_speakers_around_them(int maxWords, string said, string expected, int smoothed)
    {
        var words = Words(said);
        Assert.Equal(smoothed, SpeakerSmoothing.Smooth(words, null, maxWords));
        Assert.Equal(expected, string.Concat(Speakers(words)));
    }

    [Theory]
    [InlineData(0.25, true)]
    [InlineData(0.26, false)]
    [InlineData(-0.26, false)]
    [InlineData(double.NaN, false)]
    public void A_word_belongs_to_the_sentence_if_it_is_near(double gap, bool isSmoothed)
    {
        AsrWord[] words = [new("so", 0, 1, "a"), new("yes", 1 + gap, 1.5, "b"), new("then", 1.5, 2, "a")];
        Assert.Equal(isSmoothed ? 1 : 0, SpeakerSmoothing.Smooth(words, null, 1));
    }

    [Fact]
    public void Labels_stay_as_they_are_by_default()
    {
        var heard = Heard.Of("deepgram", Speaking((0, "so"), (1, "yes"), (0, "then")));
        Assert.Equal(["so", "yes", "then"], heard.Texts);
        Assert.Equal(0, heard.Count(AsrAnomaly.SpeakerSmoothed));
    }

    [Fact]
    public void A_final_that_comes_again_is_known_and_names_nobody_else()
    {
        var message = Speaking((0, "so"), (1, "yes"), (0, "then"));
        var heard = new Heard("deepgram", new() { SmoothSpeakerWords = 1 }).Ingest(message, message).Close();
        Assert.Equal(["so yes then"], heard.Texts);
        Assert.DoesNotContain(heard.Outputs, output => output.Kind == AsrOutputKind.SpeakerRevision);
        Assert.All(heard.Committed.Single().Details!.Words, word => Assert.Equal("spk_0", word.SpeakerId));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void More_words_than_a_slip_has_are_refused(int words) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsrConfig { SmoothSpeakerWords = words });

    /// <summary>One word for each letter, half a second long; a question mark has no label, and a bar is a pause.</summary>
    private static AsrWord[] Words(string said)
    {
        var words = new List<AsrWord>();
        var at = 0.0;
        foreach (var speaker in said)
        {
            if (speaker != '|') words.Add(new("word", at, at + 0.5, speaker == '?' ? null : speaker.ToString()));
            at += 0.5;
        }

        return [.. words];
    }

    private static IEnumerable<string> Speakers(AsrWord[] words)
    {
        var speaker = words.First(word => word.SpeakerId is not null).SpeakerId!;
        return words.Select(word => speaker = word.SpeakerId ?? speaker);
    }

    private static string Speaking(params (int Speaker, string Text)[] said)
    {
        var words = said.Select((word, i) => $$"""{"word":"{{word.Text}}","start":{{i}},"end":{{i + 1}},"speaker":{{word.Speaker}}}""");
        var text = string.Join(' ', said.Select(word => word.Text));
        return $$$"""
            {"type":"Results","channel_index":[0,1],"start":0,"duration":{{{said.Length}}},"is_final":true,"speech_final":true,
             "channel":{"alternatives":[{"transcript":"{{{text}}}","words":[{{{string.Join(',', words)}}}]}]},
             "metadata":{"request_id":"r-1"}}
            """;
    }
}
