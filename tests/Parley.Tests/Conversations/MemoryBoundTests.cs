using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>What a conversation remembers of what was said is bounded, however long people talk.</summary>
public sealed class MemoryBoundTests : IntakeTest
{
    private static readonly ConversationSettings Working = new() { Workflows = Enum.GetValues<Workflow>() };

    private long _sequence;

    [Theory]
    [InlineData(10, "what does the ferry cost and when does it leave")]
    [InlineData(40, "and when does it leave")]
    public async Task A_segment_is_read_with_the_one_that_it_continues_unless_too_many_came_between(int between, string read)
    {
        await _directory.OpenAsync(Stream, Working, Cancel);
        await HearAsync(0, 1, "what does the ferry cost", "ana");
        for (var i = 0; i < between; i++) await HearAsync(1 + (i * 0.01), 1.005 + (i * 0.01), "yes", i % 2 == 0 ? "ben" : "cara");
        await HearAsync(1.5, 2, "and when does it leave", "ana");
        Assert.Equal(read, (await WorkAsync())[^1]);
    }

    [Fact]
    public async Task A_chain_of_interruptions_is_read_by_its_end()
    {
        await _directory.OpenAsync(Stream, Working, Cancel);
        for (var i = 0; i < 30; i++)
        {
            await HearAsync(i, i + 0.4, $"{new string('x', 80)} the part number {i}", "ana");
            await HearAsync(i + 0.5, i + 0.6, "yes", "ben");
        }

        var last = (await WorkAsync()).Last(text => text.Contains("the part", StringComparison.Ordinal));
        Assert.InRange(last.Length, 900, 1_000);
        Assert.EndsWith("the part number 29", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_speaker_is_named_late_only_where_what_was_said_is_not_too_long_ago()
    {
        await OpenAsync();
        await SendAsync(Said("phone", 1, "first", null));
        for (var i = 1; i <= 511; i++) await SendAsync(Said("desk", i, $"desk {i}", "ben"));
        await SendAsync(Said("phone", 2, "second", null));
        // The recogniser knows both; where the first one went is forgotten.
        await SendAsync(Said("phone", 3, "first", "ana"));
        await SendAsync(Said("phone", 4, "second", "ana"));
        var revision = Assert.Single((await FactsAsync()).OfType<VisibleFact>().Select(told => told.Payload).OfType<SpeakerRevisionPayload>());
        var second = (await FactsAsync()).OfType<ChunkAccepted>().Single(chunk => chunk.Text == "second");
        Assert.Equal([second.SegmentId], revision.SegmentIds);
    }

    private async Task HearAsync(double start, double end, string text, string speaker) =>
        Assert.Null((await SendAsync(new ChunkDelivery(++_sequence, new StreamChunk(start, end, text, speaker)))).Refusal);

    /// <summary>Ends the conversation and returns the texts that its work is asked about.</summary>
    private async Task<List<string>> WorkAsync()
    {
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        return await _directory.ReadAsync(Stream, state => state.Pending.Values.Select(work => work.Segment.Text).ToList(), Cancel) ?? [];
    }

    // Of one key and text, so that it is the same text when it comes again.
    private static ChunkDelivery Said(string source, long sequence, string key, string? speaker)
    {
        var at = key == "second" ? 2_000 : source == "desk" ? sequence : 0;
        return new(sequence, new StreamChunk(at, at + 0.5, key, speaker), source, IsFinal: true, Key: key);
    }
}
