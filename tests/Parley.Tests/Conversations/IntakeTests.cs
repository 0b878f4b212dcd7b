using Parley.Asr;
using Parley.Conversations;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

public sealed class IntakeTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const string Card = "4111 1111 1111 1111";

    private readonly ManualTime _time = new();
    private readonly Sender _sender = new(Stream);
    private MemoryEventLog _log = new();
    private ConversationDirectory _directory;

    public IntakeTests() => _directory = new(_log, clock: _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task An_interim_is_acknowledged_at_once_and_is_in_no_segment()
    {
        await OpenAsync();
        var receipt = await await SayAsync("may change", isFinal: false, key: "1");
        Assert.Equal((null, false), (receipt.Refusal, receipt.IsRepeat));
        Assert.Empty((await FactsAsync()).OfType<ChunkAccepted>());
        Assert.Equal(0, await _directory.ReadAsync(Stream, state => state.Chunks, Cancel));
    }

    [Fact]
    public async Task A_final_takes_the_place_of_the_interims_of_its_key()
    {
        await OpenAsync();
        await SayAsync("may", isFinal: false, key: "1");
        await SayAsync("may change", isFinal: false, key: "1");
        var receipt = await await SayAsync("it changed", key: "1");
        var chunk = Assert.Single(receipt.Facts.Select(fact => fact.Fact).OfType<ChunkAccepted>());
        Assert.Equal(("it changed", 1, 3, "1"), (chunk.Text, chunk.Sequence, chunk.Message, chunk.Key));
        Assert.Equal(4, await _directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel));
    }

    [Fact]
    public async Task A_plain_chunk_takes_the_place_of_its_speakers_interims_without_a_key()
    {
        await OpenAsync();
        await SayAsync("may change", isFinal: false);
        await SayAsync("it changed");
        await EndAsync();
        Assert.Equal(["it changed"], await TextsAsync());
    }

    [Fact]
    public async Task What_was_never_called_final_is_committed_at_the_end_and_marked()
    {
        await OpenAsync();
        await SayAsync("left open", isFinal: false, key: "1");
        await EndAsync();
        Assert.Equal(["left open"], await TextsAsync());
        Assert.Equal(AsrCommitReason.SessionEnded, (await FactsAsync()).OfType<ChunkAccepted>().Single().Reason);
    }

    [Fact]
    public async Task What_is_open_waits_for_its_source_to_come_back_but_not_for_ever()
    {
        await OpenAsync();
        await SayAsync("left open", isFinal: false, key: "1");
        await _sender.SettleAsync(_directory);
        _time.Advance(TimeSpan.FromSeconds(59));
        await SayAsync("still left open", isFinal: false, key: "1");
        await _sender.SettleAsync(_directory);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await _directory.ReadAsync(Stream, state => state.Chunks, Cancel));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await _directory.ReadAsync(Stream, state => state.Chunks, Cancel));
        Assert.Equal(AsrCommitReason.GraceEnded, (await FactsAsync()).OfType<ChunkAccepted>().Single().Reason);

        await SayAsync("still left open it was", key: "1");
        await EndAsync();
        Assert.Equal("still left open it was", string.Join(' ', await TextsAsync()));
    }

    [Fact]
    public async Task A_hole_is_refused_and_a_repeat_changes_nothing()
    {
        await OpenAsync();
        await SayAsync("one", isFinal: false, key: "1");
        await SayAsync("one", key: "1");
        var gap = await SendAsync(new MessageDelivery(4, "parley", "{}"u8.ToArray()));
        Assert.Equal((ErrorCodes.SequenceGap, 3), (gap.Refusal!.Code, gap.Refusal.Expected));
        Assert.True((await SendAsync(new ChunkDelivery(1, new(0, 1, "one", "ana"), IsFinal: false, Key: "1"))).IsRepeat);
        Assert.True((await SendAsync(new ChunkDelivery(2, new(0, 1, "one", "ana"), Key: "1"))).IsRepeat);
        Assert.Equal(1, await _directory.ReadAsync(Stream, state => state.Chunks, Cancel));
    }

    [Fact]
    public async Task A_format_that_nobody_knows_is_refused_and_does_not_count()
    {
        await OpenAsync();
        Assert.Equal(ErrorCodes.NotSupported, (await SendAsync(new MessageDelivery(1, "whispers", "{}"u8.ToArray()))).Refusal!.Code);
        Assert.Null((await await SayAsync("one")).Refusal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_reported_and_counts()
    {
        await OpenAsync();
        var receipt = await await _sender.MessageAsync(_directory, "deepgram", "{\"secret\"");
        var problem = Assert.Single(receipt.Problems);
        Assert.Equal(("malformed", true), (problem.Kind, problem.IsError));
        Assert.DoesNotContain("secret", problem.Detail, StringComparison.Ordinal);
        Assert.Equal((null, false), (receipt.Refusal, receipt.IsRepeat));
        Assert.Null((await await _sender.MessageAsync(_directory, "deepgram", AsrFormats.Default.Get("deepgram").SampleMessage)).Refusal);
        Assert.Equal(["Please cancel my plan."], (await FactsAsync()).OfType<ChunkAccepted>().Select(chunk => chunk.Text));
    }

    [Fact]
    public async Task A_delta_is_acknowledged_when_its_item_completes()
    {
        const string delta = """{"type":"conversation.item.input_audio_transcription.delta","item_id":"it_1","delta":"PIECE"}""";
        await OpenAsync();
        var first = await _sender.MessageAsync(_directory, "openai-realtime", delta.Replace("PIECE", "Please ", StringComparison.Ordinal));
        var second = await _sender.MessageAsync(_directory, "openai-realtime", delta.Replace("PIECE", "cancel", StringComparison.Ordinal));
        await _sender.SettleAsync(_directory);
        Assert.Equal((0, false, false), (_sender.Acknowledged, first.IsCompleted, second.IsCompleted));
        Assert.Equal(1, await _directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel));

        var again = _directory.SendAsync(Stream, new MessageDelivery(1, "openai-realtime", default), Cancel);
        await _sender.MessageAsync(
            _directory, "openai-realtime", """{"type":"conversation.item.input_audio_transcription.completed","item_id":"it_1","transcript":"Please cancel."}""");
        Assert.True((await (await again)!).IsRepeat);
        await _sender.SettleAsync(_directory);
        Assert.Equal(3, _sender.Acknowledged);
        Assert.Equal(["Please cancel."], (await FactsAsync()).OfType<ChunkAccepted>().Select(chunk => chunk.Text));
    }

    [Fact]
    public async Task An_item_without_end_does_not_hold_up_its_sender_for_ever()
    {
        await OpenAsync();
        for (var i = 0; i < 2 * Intake.MaxUnanswered; i++)
            await _sender.MessageAsync(_directory, "openai-realtime", $$"""{"type":"conversation.item.input_audio_transcription.delta","item_id":"it_1","delta":" w{{i}}"}""");
        await _sender.SettleAsync(_directory);
        Assert.InRange(_sender.Acknowledged, Intake.MaxUnanswered, 2 * Intake.MaxUnanswered - 1);
        await EndAsync();
        Assert.Equal(Enumerable.Range(0, 2 * Intake.MaxUnanswered).Select(i => $"w{i}"), string.Join(' ', await TextsAsync()).Split(' '));
    }

    [Fact]
    public async Task A_source_that_changes_its_format_goes_on_as_with_another_connection()
    {
        await OpenAsync();
        await _sender.MessageAsync(_directory, "deepgram", AsrFormats.Default.Get("deepgram").SampleMessage);
        await _sender.MessageAsync(_directory, "assemblyai", AsrFormats.Default.Get("assemblyai").SampleMessage);
        await EndAsync();
        Assert.Equal(["Please cancel my plan.", "Please cancel my plan."], await TextsAsync());
        var connections = (await FactsAsync()).OfType<SourceConnected>().ToList();
        Assert.Equal([("deepgram", 0, 0), ("assemblyai", 1, 5.8)], connections.Select(connected => (connected.Format, connected.Connection, Math.Round(connected.Offset, 1))));
    }

    [Fact]
    public async Task A_speaker_who_is_named_late_is_named_where_the_text_went()
    {
        await OpenAsync();
        const string phrase = """{"Id":"p1","RecognitionStatus":"Success","Offset":41000000,"Duration":17000000,"DisplayText":"Please cancel.","SpeakerId":"NAME"}""";
        await _sender.MessageAsync(_directory, "azure", phrase.Replace("NAME", "Unknown", StringComparison.Ordinal));
        await _sender.SettleAsync(_directory);
        await CrashAsync();
        await _sender.MessageAsync(_directory, "azure", phrase.Replace("NAME", "Guest-1", StringComparison.Ordinal));
        await EndAsync();
        var revision = (await FactsAsync()).OfType<Told>().Select(told => told.Payload).OfType<SpeakerRevisionPayload>().Single();
        Assert.Equal(("seg-0", "Guest-1", null), (Assert.Single(revision.SegmentIds), revision.To, revision.From));
        Assert.Equal(["Please cancel."], await TextsAsync());
    }

    [Fact]
    public async Task After_a_restart_the_first_message_may_be_ahead_of_the_log_and_the_next_may_not()
    {
        await OpenAsync();
        await SayAsync("one", isFinal: false, key: "1");
        await SayAsync("one", key: "1");
        await SayAsync("two", isFinal: false, key: "2");
        await SayAsync("two more", isFinal: false, key: "2");
        await _sender.SettleAsync(_directory);
        Assert.Equal(4, _sender.Acknowledged);
        await CrashAsync();
        Assert.Equal(3, await _directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel));
        Assert.Null((await await SayAsync("two more days", key: "2")).Refusal);
        Assert.Equal(6, (await SendAsync(new ChunkDelivery(7, new(9, 10, "seven", "ana")))).Refusal?.Expected);
        await EndAsync();
        Assert.Equal("one two more days", string.Join(' ', await TextsAsync()));
    }

    [Fact]
    public async Task A_chunk_that_may_be_the_beginning_of_a_card_is_stored_when_the_rest_has_come()
    {
        await OpenAsync(redact: true);
        var first = await SayAsync("my card is 4111 1111");
        await _sender.SettleAsync(_directory);
        Assert.False(first.IsCompleted);
        Assert.Empty((await FactsAsync()).OfType<ChunkAccepted>());
        var again = (await _directory.SendAsync(Stream, new ChunkDelivery(1, default), Cancel))!;
        await SayAsync("1111 1111 and that is all of it");
        await EndAsync();
        Assert.False((await first).IsRepeat);
        Assert.True((await again).IsRepeat);
        Assert.Equal("my card is [card] and that is all of it", string.Join(' ', await TextsAsync()));
        await NothingLeakedAsync();
    }

    [Fact]
    public async Task Silence_lets_go_of_what_is_held()
    {
        await OpenAsync(redact: true);
        var held = await SayAsync("call me at 0301234");
        await _sender.SettleAsync(_directory);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        await _sender.SettleAsync(_directory);
        Assert.False(held.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await _sender.SettleAsync(_directory);
        Assert.True(held.IsCompleted);
        Assert.Equal(["call me at 0301234"], await TextsAsync());
    }

    [Fact]
    public async Task The_end_lets_go_of_what_is_held()
    {
        await OpenAsync(redact: true);
        await SayAsync($"it is {Card}");
        await EndAsync();
        Assert.Equal(1, _sender.Acknowledged);
        Assert.Equal(["it is [card]"], await TextsAsync());
    }

    [Fact]
    public async Task A_refused_chunk_comes_again_under_its_number()
    {
        await OpenAsync(redact: true);
        Assert.Equal(ErrorCodes.InvalidChunk, (await SendAsync(new ChunkDelivery(1, new(5, 4, "backwards")))).Refusal!.Code);
        Assert.Equal(ErrorCodes.InvalidChunk, (await SendAsync(new ChunkDelivery(1, new(5, 6, null!)))).Refusal!.Code);
        await SayAsync("forwards");
        await EndAsync();
        Assert.Equal(["forwards"], await TextsAsync());
    }

    [Fact]
    public async Task An_overlap_that_comes_to_light_late_is_refused_with_all_that_was_sent_behind_it()
    {
        await _directory.OpenAsync(Stream, new ConversationSettings { Redact = true, Overlap = OverlapMode.Reject }, Cancel);
        Delivery[] sent = [new ChunkDelivery(1, new(0, 2, "hello there", "ana")), new ChunkDelivery(2, new(1, 3, "over it", "ana")), new ChunkDelivery(3, new(4, 5, "three", "ana"))];
        var receipts = new List<Task<Receipt>>();
        foreach (var delivery in sent) receipts.Add((await _directory.SendAsync(Stream, delivery, Cancel))!);
        await _directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        var refusals = (await Task.WhenAll(receipts)).Select(receipt => receipt.Refusal?.Code);
        Assert.Equal([null, ErrorCodes.InvalidChunk, ErrorCodes.SequenceGap], refusals);
        Assert.Equal(2, await _directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel));
        var again = (await _directory.SendAsync(Stream, new ChunkDelivery(2, new(4, 5, "three", "ana")), Cancel))!;
        await EndAsync();
        Assert.Null((await again).Refusal);
    }

    [Fact]
    public async Task A_message_of_two_chunks_is_stored_whole_or_not_at_all()
    {
        const string message = """{"type":"Results","start":0,"duration":3,"is_final":true,"channel":{"alternatives":[{"transcript":"yes my number is 030 123","words":[{"word":"yes","start":0,"end":0.4,"speaker":0},{"word":"030","start":1,"end":1.4,"speaker":1},{"word":"123","start":1.5,"end":2,"speaker":1}]}]}}""";
        await OpenAsync(redact: true);
        var receipt = await _sender.MessageAsync(_directory, "deepgram", message);
        await _sender.SettleAsync(_directory);
        Assert.False(receipt.IsCompleted);
        Assert.Empty((await FactsAsync()).OfType<ChunkAccepted>());
        await CrashAsync();
        await EndAsync();
        Assert.Equal(["yes", "030 123"], await TextsAsync());
    }

    [Fact]
    public async Task What_is_open_keeps_a_conversation_in_memory()
    {
        await OpenAsync();
        var delta = await _sender.MessageAsync(_directory, "openai-realtime", """{"type":"conversation.item.input_audio_transcription.delta","item_id":"it_1","delta":"open"}""");
        await _sender.SettleAsync(_directory);
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(1, _directory.Count);
        Assert.False(delta.IsCompleted);
    }

    [Fact]
    public async Task A_conversation_that_is_put_away_tells_who_waits_for_a_receipt()
    {
        await OpenAsync();
        var delta = await _sender.MessageAsync(_directory, "openai-realtime", """{"type":"conversation.item.input_audio_transcription.delta","item_id":"it_1","delta":"open"}""");
        await _directory.DisposeAsync();
        await Assert.ThrowsAsync<System.Threading.Channels.ChannelClosedException>(() => delta);
    }

    private Task<Receipt> OpenAsync(bool redact = false) => _directory.OpenAsync(Stream, new ConversationSettings { Redact = redact }, Cancel);

    private double _at;

    private Task<Task<Receipt>> SayAsync(string text, bool isFinal = true, string? key = null) =>
        _sender.ChunkAsync(_directory, new StreamChunk(_at, isFinal ? _at += 0.5 : _at + 0.5, text, "ana"), isFinal, key);

    private async Task<Receipt> SendAsync(Delivery delivery) => await (await _directory.SendAsync(Stream, delivery, Cancel))!;

    private async Task EndAsync()
    {
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        await _sender.SettleAsync(_directory);
        Assert.True((await Replay.VerifyAsync(_log, Stream, Cancel)).IsVerified);
    }

    private async Task CrashAsync()
    {
        var left = await CrashLog.CopyAsync(_log, Stream);
        await DisposeAsync();
        (_log, _directory) = (left, new ConversationDirectory(left, clock: _time));
        await _sender.ResendAsync(_directory);
    }

    private async Task<List<Fact>> FactsAsync() => await _log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel);

    private async Task<string[]> TextsAsync() =>
        [.. (await FactsAsync()).OfType<Told>().Select(told => told.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text)];

    private async Task NothingLeakedAsync() => Assert.DoesNotContain(
        await _log.ReadAsync(Stream, 0, Cancel).Select(record => System.Text.Encoding.UTF8.GetString(record.Json.Span)).ToListAsync(Cancel),
        json => json.Contains("4111", StringComparison.Ordinal) || json.Contains("1111", StringComparison.Ordinal));
}
