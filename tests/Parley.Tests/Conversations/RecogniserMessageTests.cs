using Parley.Asr;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>What recognisers send, as they send it: numbered, acknowledged, read.</summary>
public sealed class RecogniserMessageTests : IntakeTest
{
    [Fact]
    public async Task A_hole_is_refused_and_a_repeat_changes_nothing()
    {
        await OpenAsync();
        await SayAsync("one", isFinal: false, key: "1");
        await SayAsync("one", key: "1");
        var gap = await SendAsync(new MessageDelivery(4, "parley", "{}"u8.ToArray()));
        Assert.Equal((ErrorCodes.SequenceGap, 3), (gap.Refusal!.Code, gap.Refusal.Expected));
        Assert.True((await SendAsync(new ChunkDelivery(1, new(0, 0.5, "one", "ana"), IsFinal: false, Key: "1"))).IsRepeat);
        Assert.True((await SendAsync(new ChunkDelivery(2, new(0, 0.5, "one", "ana"), Key: "1"))).IsRepeat);
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

        var again = SendAsync(new MessageDelivery(1, "openai-realtime", default));
        await _sender.MessageAsync(
            _directory, "openai-realtime", """{"type":"conversation.item.input_audio_transcription.completed","item_id":"it_1","transcript":"Please cancel."}""");
        Assert.True((await again).IsRepeat);
        await _sender.SettleAsync(_directory);
        Assert.Equal(3, _sender.Acknowledged);
        Assert.Equal(["Please cancel."], (await FactsAsync()).OfType<ChunkAccepted>().Select(chunk => chunk.Text));
    }

    [Fact]
    public async Task When_an_append_fails_everyone_who_waits_for_it_is_told()
    {
        const string item = "conversation.item.input_audio_transcription";
        const string delta = $$"""{"type":"{{item}}.delta","item_id":"it_1","delta":"Please"}""";
        const string completed = $$"""{"type":"{{item}}.completed","item_id":"it_1","transcript":"Please cancel."}""";
        await OpenAsync();
        var first = await _sender.MessageAsync(_directory, "openai-realtime", delta);
        await _sender.SettleAsync(_directory);
        await using (var other = new ConversationDirectory(_log, clock: _time))
            await other.SayAsync(Stream, new ChunkDelivery(1, new(9, 10, "meanwhile", "ben"), "other"), Cancel);

        var second = await _sender.MessageAsync(_directory, "openai-realtime", completed);
        await Assert.ThrowsAnyAsync<SequenceConflictException>(() => second.WaitAsync(Cancel));
        await Assert.ThrowsAnyAsync<SequenceConflictException>(() => first.WaitAsync(Cancel));
    }

    [Fact]
    public async Task An_item_without_end_does_not_hold_up_its_sender_for_ever()
    {
        await OpenAsync();
        for (var i = 0; i < 2 * ConversationIntake.MaxUnanswered; i++)
            await _sender.MessageAsync(_directory, "openai-realtime", $$"""{"type":"conversation.item.input_audio_transcription.delta","item_id":"it_1","delta":" w{{i}}"}""");
        await _sender.SettleAsync(_directory);
        Assert.InRange(_sender.Acknowledged, ConversationIntake.MaxUnanswered, 2 * ConversationIntake.MaxUnanswered - 1);
        await EndAsync();
        Assert.Equal(Enumerable.Range(0, 2 * ConversationIntake.MaxUnanswered).Select(i => $"w{i}"), string.Join(' ', await TextsAsync()).Split(' '));
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
        var revision = (await FactsAsync()).OfType<VisibleFact>().Select(told => told.Payload).OfType<SpeakerRevisionPayload>().Single();
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
}
