using Parley.Asr;
using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Transcripts;

namespace Parley.Tests.Conversations;

/// <summary>Words keep their times, confidence and language from the delivery to the final segment, also over a restart.</summary>
public sealed class WordsTests : IntakeTest
{
    [Fact]
    public async Task Plain_chunks_give_their_words_to_the_segment()
    {
        await OpenAsync();
        await SayAsync(Chunk(0, "so it", 0.9));
        await SayAsync(new StreamChunk(1, 2, "is", "ana"));
        await SayAsync(Chunk(2, "done", 0.6));
        await EndAsync();

        var final = Assert.Single(await FinalsAsync());
        Assert.Equal(["so", "it", "done"], final.Segment.Details!.Words!.Select(word => word.Text));
        Assert.Equal((0.8, "en-GB"), (final.Segment.Details.Confidence, final.Segment.Details.Language));
        Assert.Equal([true, false, true], (await FactsAsync()).OfType<ChunkAccepted>().Select(chunk => chunk.Details is not null));
    }

    [Fact]
    public async Task A_chunk_that_replaces_another_gives_its_words_too()
    {
        await OpenAsync();
        await _sender.ChunkAsync(_directory, Chunk(0, "so at", 0.2), isFinal: false, key: "7");
        await _sender.ChunkAsync(_directory, Chunk(0, "so it", 0.9), isFinal: true, key: "7");
        await EndAsync();
        Assert.Equal(Chunk(0, "so it", 0.9).Details, Assert.Single(await FinalsAsync()).Segment.Details);
    }

    [Fact]
    public async Task Messages_of_a_recogniser_give_their_words()
    {
        await OpenAsync();
        await _sender.MessageAsync(_directory, "deepgram", AsrFormats.Default.Get("deepgram").SampleMessage);
        await EndAsync();
        var details = Assert.Single(await FinalsAsync()).Segment.Details!;
        Assert.Equal(new TimedWord("plan.", 5.08, 5.4, 0.99), details.Words![^1]);
        Assert.Equal(0.99, details.Confidence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task After_a_restart_an_open_segment_still_knows_its_words(int checkpointEvery)
    {
        await _directory.DisposeAsync();
        _directory = new(_log, new ConversationOptions { CheckpointEvery = checkpointEvery }, clock: _time);
        await OpenAsync();
        await SayAsync(Chunk(0, "so it", 0.9));
        await SayAsync(Chunk(1, "is", null));
        await _sender.SettleAsync(_directory);
        await CrashAsync();
        await SayAsync(Chunk(2, "done", 0.6));
        await EndAsync();

        var details = Assert.Single(await FinalsAsync()).Segment.Details!;
        Assert.Equal(["so", "it", "is", "done"], details.Words!.Select(word => word.Text));
        Assert.Equal(0.8, details.Confidence);
    }

    [Fact]
    public async Task Nothing_of_what_was_taken_out_is_left_in_the_words()
    {
        await OpenAsync(redact: true);
        await SayAsync(Chunk(0, "it is 4111 1111", 0.9));
        await SayAsync(Chunk(1, "1111 1111 and that is all of it", 0.9));
        await EndAsync();
        await NothingLeakedAsync();
        var words = (await FinalsAsync()).SelectMany(final => final.Segment.Details!.Words!).Select(word => word.Text);
        Assert.Equal("it is [card] and that is all of it", string.Join(' ', words));
    }

    [Fact]
    public async Task A_chunk_whose_details_are_out_of_range_is_refused()
    {
        await OpenAsync();
        var refused = await SendAsync(new ChunkDelivery(1, Chunk(0, "so", 7)));
        Assert.Equal(new Refusal(ErrorCodes.InvalidChunk, "confidence is not a number from 0 to 1."), refused.Refusal);
    }

    [Fact]
    public async Task The_document_has_what_a_session_gives()
    {
        StreamChunk[] chunks = [Chunk(0, "so it", 0.9), Chunk(1, "is", 0.6), Chunk(9, "done", null)];
        await OpenAsync();
        foreach (var chunk in chunks) await SayAsync(chunk);
        await EndAsync();
        var finals = (await FinalsAsync()).Select((final, index) => KeyValuePair.Create($"seg-{index}", final));
        var live = ConversationDocument.Build("", finals);

        var session = new StreamingSession(new StreamConfig { EmitIds = true });
        var offline = new TranscriptBuilder();
        foreach (var e in (StreamEvent[])[.. chunks.SelectMany(chunk => session.IngestChunk(chunk)), .. session.EndOfStream()])
            if (e.Type == StreamEventType.FinalSegment) offline.Add(e.Segment);
        Assert.Equal(
            offline.Build().Segments.Select(segment => (segment.Json["words"]!.ToJsonString(), segment.Confidence, segment.Language)),
            live.Segments.Select(segment => (segment.Json["words"]!.ToJsonString(), segment.Confidence, segment.Language)));
    }

    // A second for each chunk.
    private static StreamChunk Chunk(double at, string text, double? confidence)
    {
        var words = text.Split(' ').Select((word, index) => new TimedWord(word, at + (index * 0.1), at + (index * 0.1) + 0.1));
        return new(at, at + 1, text, "ana") { Details = new([.. words], confidence, "en-GB") };
    }

    private Task<Task<Receipt>> SayAsync(StreamChunk chunk) => _sender.ChunkAsync(_directory, chunk);

    private async Task<List<FinalizedPayload>> FinalsAsync() =>
        [.. (await FactsAsync()).OfType<VisibleFact>().Select(told => told.Payload).OfType<FinalizedPayload>()];
}
