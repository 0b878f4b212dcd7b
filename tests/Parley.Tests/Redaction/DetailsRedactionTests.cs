using Parley.Protocol;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Tests.Redaction;

/// <summary>Words with times hold nothing that was taken out of the text.</summary>
public sealed class DetailsRedactionTests
{
    [Fact]
    public void The_words_of_a_finding_become_its_name()
    {
        var clean = Redact(Chunk("my card is 4111 1111 1111 1111 thanks"));
        Assert.Equal("my card is [card] thanks", clean.Single().Text);
        Assert.Equal(
            [new("my", 0, 1), new("card", 1, 2), new("is", 2, 3), new("[card]", 3, 7), new TimedWord("thanks", 7, 8)],
            clean.Single().Details!.Words!);
    }

    [Fact]
    public void Words_of_a_finding_that_are_out_of_order_make_no_word_that_ends_before_it_starts()
    {
        TimedWord[] words = [new("4111", 12, 12.4), new("1111", 12.4, 12.8), new("1111", 0, 0), new("1111", 0, 0)];
        var chunk = Chunk("4111 1111 1111 1111") with { Details = new(words, null, null) };
        Assert.Equal([new TimedWord("[card]", 12, 12.8)], Redact(chunk).Single().Details!.Words!);
    }

    [Fact]
    public void Over_the_border_of_chunks_the_first_has_the_name()
    {
        var clean = Redact(Chunk("it is 4111 1111"), Chunk("1111 1111 and so"));
        Assert.Equal(["it is [card]", "and so"], clean.Select(chunk => chunk.Text.Trim()));
        Assert.Equal(["it is [card]", "and so"], clean.Select(chunk => string.Join(' ', chunk.Details!.Words!.Select(word => word.Text))));
    }

    [Fact]
    public void Words_that_the_text_does_not_have_are_left_out()
    {
        TimedWord[] words = [new("4111111111111111", 0, 1), new("Thank", 1, 2), new("you.", 2, 3), new("you", 3, 4)];
        var chunk = Chunk("thank you") with { Details = new(words, 0.5, "en") };
        Assert.Equal(new SpeechDetails([new("Thank", 1, 2), new("you", 3, 4)], 0.5, "en"), Redact(chunk).Single().Details);
    }

    [Fact]
    public void Where_more_is_held_than_there_is_room_for_the_words_go_with_the_text()
    {
        var stream = new RedactionStream();
        Assert.Empty(stream.Add(Chunk("it is 4111 1111")));
        var clean = Assert.Single(stream.GiveUp());
        Assert.EndsWith(" [redacted]", clean.Text, StringComparison.Ordinal);
        Assert.Equal(clean.Text, string.Join(' ', clean.Details!.Words!.Select(word => word.Text)));
    }

    [Fact]
    public void A_long_text_with_words_of_another_is_not_searched_over_and_over()
    {
        var text = string.Join(' ', Enumerable.Repeat("ah", 20_000));
        var words = Enumerable.Repeat(new TimedWord("x", 0, 1), SpeechDetails.MaxWords).ToArray();
        Assert.Empty(WordPlaces.Of(words, text));
        Assert.Equal(3, WordPlaces.Of([new("ah", 0, 1), new("x", 1, 2), new("ah", 2, 3), new("ah", 3, 4)], text).Count);
    }

    [Fact]
    public void Words_of_scripts_without_spaces_are_found_one_behind_the_other()
    {
        var places = WordPlaces.Of([new("今日", 0, 1), new("は", 1, 2), new("晴れ", 2, 3)], "今日は晴れ");
        Assert.Equal([(0, 2), (2, 3), (3, 5)], places.Select(place => (place.Start, place.End)));
    }

    // A second for each word.
    private static StreamChunk Chunk(string text) => new(0, 9, text, "ana")
    {
        Details = new([.. text.Split(' ').Select((word, index) => new TimedWord(word, index, index + 1))]),
    };

    private static List<StreamChunk> Redact(params StreamChunk[] chunks)
    {
        var stream = new RedactionStream();
        return [.. chunks.SelectMany(chunk => stream.Add(chunk)), .. stream.EndOfStream()];
    }
}
