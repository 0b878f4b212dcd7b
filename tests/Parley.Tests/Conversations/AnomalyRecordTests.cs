using Parley.Asr;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Tests.Asr;
using Parley.Tests.Asr.Disturbed;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Conversations;

/// <summary>Text that is left out, or that may be said twice, has a record in the log, which viewers get.</summary>
public sealed class AnomalyRecordTests : IntakeTest
{
    private static readonly (double, string)[] Plan = [(0.1, "please"), (0.5, "cancel"), (0.9, "my"), (1.3, "plan")];

    public static TheoryData<string> Formats => new(Vendors.All.Select(vendor => vendor.Format));

    [Fact]
    public async Task What_is_left_out_is_a_visible_fact_with_text_times_speaker_and_reason()
    {
        await OpenAsync();
        await MessageAsync("deepgram", Words(0, Plan));
        await MessageAsync("deepgram", Words(0, (0.1, "please"), (0.5, "council"), (0.9, "my"), (1.3, "plan")));
        await EndAsync();

        Assert.Equal(["please cancel my plan"], await TextsAsync());
        var records = await RecordsAsync();
        Assert.Equal(
            [("revised", "council", "spk_0"), ("repeated", "please … my plan", "spk_0")],
            records.Select(told => Record(told)).Select(record => (record.Kind, record.Text, record.SpeakerId)));
        Assert.Equal((0.5, 0.8), (records[0].Start, Math.Round(records[0].End!.Value, 3)));
        Assert.Equal((0.1, 1.6), (records[1].Start, Math.Round(records[1].End!.Value, 3)));
    }

    [Fact]
    public async Task What_may_be_said_twice_is_said_and_recorded()
    {
        await OpenAsync();
        await MessageAsync("vosk", """{"text":"see you"}""");
        await MessageAsync("vosk", """{"text":"see you"}""");
        await EndAsync();

        Assert.Equal("see you see you", string.Join(' ', await TextsAsync()));
        var record = Record(Assert.Single(await RecordsAsync()));
        Assert.Equal(("possible_repeat", "see you"), (record.Kind, record.Text));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_final_word_of_a_disturbed_conversation_is_said_or_recorded(string format)
    {
        var vendor = Vendors.All.Single(known => known.Format == format);
        var conversation = new DisturbedConversation(vendor, seed: 7);
        await OpenAsync();
        foreach (var message in conversation.Messages) await MessageAsync(format, message);
        await EndAsync();

        var kept = (await FactsAsync()).OfType<ChunkAccepted>().Select(chunk => chunk.Text)
            .Concat((await RecordsAsync()).Select(Record).Where(record => record.Kind != "possible_repeat").Select(record => record.Text!))
            .SelectMany(WordsOf).ToList();
        Assert.Empty(conversation.FinalWords.SelectMany(WordsOf).Where(word => !kept.Remove(word)));
    }

    [Fact]
    public async Task A_record_is_as_redacted_as_what_was_said()
    {
        await OpenAsync(redact: true);
        await MessageAsync("deepgram", Words(0, (0.1, "my card is 4111 1111"), (2.1, "1111 1111 thank"), (4.1, "you")));
        await MessageAsync("deepgram", Words(0, (0.1, "my card is 4111 1111"), (2.1, "1111 2222 thank"), (4.1, "you"), (5.1, "all")));
        await EndAsync();

        var texts = (await RecordsAsync()).Select(told => Record(told).Text!).ToList();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => text.Any(char.IsDigit));
        await NothingLeakedAsync();
    }

    [Fact]
    public async Task A_long_text_is_cut_and_the_record_says_by_how_much()
    {
        await OpenAsync();
        // No character is cut in two.
        var shown = new string('a', AnomalyRecords.MaxTextLength - 1);
        var text = shown + "😀";
        await MessageAsync("parley", Chunk(0, 1, text, final: true));
        await MessageAsync("parley", Chunk(0, 1, text, final: true));
        await EndAsync();

        var record = Record(Assert.Single(await RecordsAsync()));
        Assert.Equal((shown, 2), (record.Text, record.Cut));
    }

    [Fact]
    public async Task A_message_has_a_bounded_number_of_records_and_the_last_says_how_many_more_there_were()
    {
        const int More = 3;
        await OpenAsync();
        var segments = Enumerable.Range(0, AnomalyRecords.MaxOfMessage + More)
            .Select(i => $$"""{"alternatives":[{"transcript":"word{{i}}"}],"isFinal":true,"resultEndOffset":"{{i + 1}}s"}""");
        var message = $$"""{"results":[{{string.Join(',', segments)}}]}""";
        await MessageAsync("google", message);
        await MessageAsync("google", message);
        await EndAsync();

        var records = (await RecordsAsync()).Select(Record).ToList();
        Assert.Equal(AnomalyRecords.MaxOfMessage + 1, records.Count);
        Assert.All(records.SkipLast(1), record => Assert.Equal("repeated", record.Kind));
        Assert.Equal((AnomalyPayload.NotRecorded, null, More), (records[^1].Kind, records[^1].Text, records[^1].Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_shown_and_taken_back_is_recorded_or_committed_as_the_settings_say(bool commit)
    {
        await _directory.OpenAsync(Stream, new ConversationSettings { CommitWithdrawn = commit }, Cancel);
        await MessageAsync("azure", Hypothesis(0, 1, "hm"));
        await MessageAsync("azure", Phrase(0, 1, ""));
        await EndAsync();

        Assert.Equal(commit ? ["hm"] : [], await TextsAsync());
        Assert.Equal(commit ? [] : [("withdrawn", "hm")], (await RecordsAsync()).Select(Record).Select(record => (record.Kind, record.Text)));
    }

    [Fact]
    public async Task The_end_records_what_it_leaves_out()
    {
        await OpenAsync();
        await MessageAsync("vosk", """{"result":[{"start":0.1,"end":0.4,"word":"hello"},{"start":0.5,"end":0.9,"word":"there"}],"text":"hello there"}""");
        await MessageAsync("vosk", """{"partial":"hello there"}""");
        await EndAsync();

        Assert.Equal(["hello there"], await TextsAsync());
        Assert.Equal(("stale", "hello there"), (await RecordsAsync()).Select(Record).Select(record => (record.Kind, record.Text)).Single());
    }

    private async Task MessageAsync(string format, string message) => await _sender.MessageAsync(_directory, format, message);

    private async Task<List<VisibleFact>> RecordsAsync() =>
        [.. (await FactsAsync()).OfType<VisibleFact>().Where(told => told.Payload is AnomalyPayload)];

    private static AnomalyPayload Record(VisibleFact told) => (AnomalyPayload)told.Payload;

    private static string[] WordsOf(string text) => Heard.Bare(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
