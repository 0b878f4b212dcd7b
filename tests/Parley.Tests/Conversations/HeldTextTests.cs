using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>What is not stored before it is sure what it is, and what becomes of it.</summary>
public sealed class HeldTextTests : IntakeTest
{
    [Fact]
    public async Task A_chunk_that_may_be_the_beginning_of_a_card_is_stored_when_the_rest_has_come()
    {
        await OpenAsync(redact: true);
        var first = await SayAsync("my card is 4111 1111");
        await _sender.SettleAsync(_directory);
        Assert.False(first.IsCompleted);
        Assert.Empty((await FactsAsync()).OfType<ChunkAccepted>());
        var again = (await _directory.SendAsync(Stream, new ChunkDelivery(1, default), Cancel))!.Value.Receipt;
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
        var held = await SayAsync("take flight 0301234");
        await _sender.SettleAsync(_directory);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        await _sender.SettleAsync(_directory);
        Assert.False(held.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await _sender.SettleAsync(_directory);
        Assert.True(held.IsCompleted);
        Assert.Equal(["take flight 0301234"], await TextsAsync());
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
        foreach (var delivery in sent) receipts.Add((await _directory.SendAsync(Stream, delivery, Cancel))!.Value.Receipt);
        await _directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        var refusals = (await Task.WhenAll(receipts)).Select(receipt => receipt.Refusal?.Code);
        Assert.Equal([null, ErrorCodes.InvalidChunk, ErrorCodes.SequenceGap], refusals);
        Assert.Equal(2, await _directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel));
        var again = (await _directory.SendAsync(Stream, new ChunkDelivery(2, new(4, 5, "three", "ana")), Cancel))!.Value.Receipt;
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
}
