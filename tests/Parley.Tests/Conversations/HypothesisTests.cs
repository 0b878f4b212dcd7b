using Parley.Asr;
using Parley.Conversations.Rules;

namespace Parley.Tests.Conversations;

/// <summary>What may still change: shown, acknowledged, and in no segment until it stands.</summary>
public sealed class HypothesisTests : IntakeTest
{
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
}
