using System.Text.Json;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>How many speakers and sources a conversation keeps apart, and what becomes of one more.</summary>
public sealed class BoundsTests : IntakeTest
{
    [Fact]
    public void A_speaker_too_many_is_refused_and_the_sequence_does_not_advance()
    {
        var state = Begun();
        for (var i = 1; i <= Bounds.MaxSpeakers; i++) Take(state, Chunk(i, $"s{i}"));
        var refusal = Conversation.Decide(state, Chunk(Bounds.MaxSpeakers + 1, "one more")).Refusal!;
        Assert.Equal((ErrorCodes.InvalidChunk, "A conversation has at most 1000 speakers."), (refusal.Code, refusal.Message));
        // Those it knows, and nobody, go on.
        Take(state, Chunk(Bounds.MaxSpeakers + 1, "s1"));
        Take(state, Chunk(Bounds.MaxSpeakers + 2, null));
        Take(state, Chunk(Bounds.MaxSpeakers + 3, null));
    }

    [Fact]
    public void Who_was_never_named_takes_no_speakers_place()
    {
        var state = Begun();
        Take(state, Chunk(1, null));
        for (var i = 1; i <= Bounds.MaxSpeakers; i++) Take(state, Chunk(i + 1, $"s{i}"));
        Assert.NotNull(Conversation.Decide(state, Chunk(Bounds.MaxSpeakers + 2, "one more")).Refusal);
    }

    [Fact]
    public void A_source_too_many_is_refused_whatever_it_sends()
    {
        var state = Begun();
        for (var i = 1; i < Bounds.MaxSources; i++) Take(state, Chunk(1, "ana", $"s{i}"));
        Take(state, Connect("messages"));
        ConversationInput[] tooMany = [Chunk(1, "ana", "one more"), Connect("one more")];
        Assert.All(tooMany, input => Assert.Equal(
            new Refusal(ErrorCodes.InvalidChunk, "A conversation has at most 256 sources."), Conversation.Decide(state, input).Refusal));
        Take(state, Chunk(2, "ana", "s1"));
        Take(state, Connect("messages"));
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        var (state, name) = (Begun(), new string('n', 257));
        ConversationInput[] tooLong =
        [
            Chunk(1, name), Chunk(1, "ana", name), new NameSpeaker(new SpeakerRevisionPayload([], name, "ana")), new NameSpeaker(new SpeakerRevisionPayload([], "ana", name)),
        ];
        Assert.Equal(
            ["speaker_id", "source", "to", "from"],
            tooLong.Select(input => Conversation.Decide(state, input).Refusal!.Message.Replace(" is longer than 256 characters.", "", StringComparison.Ordinal)));
        Take(state, Chunk(1, name[1..], name[1..]));
    }

    [Fact]
    public void A_name_too_many_is_refused_where_the_speaker_was_not_heard()
    {
        var state = Begun();
        Take(state, Chunk(1, "heard"));
        for (var i = 1; i <= Bounds.MaxSpeakers; i++) Take(state, Name($"x{i}"));
        Assert.Equal(
            new Refusal(ErrorCodes.InvalidChunk, "A conversation has at most 1000 speakers that were given a name."),
            Conversation.Decide(state, Name("one more")).Refusal);
        // One who has a name gets another; so do one who was heard, the one without a name, and parts of what was said.
        Take(state, Name("x1"));
        Take(state, Name("heard"));
        Take(state, Name(null));
        Take(state, new NameSpeaker(new SpeakerRevisionPayload(["seg-0"], "Ana", "one more")));
        Assert.Equal(Bounds.MaxSpeakers + 1, state.Names.Count);

        static NameSpeaker Name(string? from) => new(new SpeakerRevisionPayload([], "Ana", from));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recognisers_source_too_many_is_refused_also_while_others_are_held(bool redact)
    {
        await OpenAsync(redact);
        for (var i = 0; i < Bounds.MaxSources; i++)
        {
            // Redaction holds what may go on as a card's number.
            Delivery delivery = i % 2 == 0 ? new ChunkDelivery(1, new(i, i + 1, "4111", $"s{i}"), $"s{i}") : Message(1, $"s{i}");
            await _directory.SendAsync(Stream, delivery, Cancel);
        }

        var refusal = (await SendAsync(Message(1, "one more"))).Refusal!;
        Assert.Equal((ErrorCodes.InvalidChunk, "A conversation has at most 256 sources."), (refusal.Code, refusal.Message));
        Assert.Equal(refusal, (await SendAsync(new ChunkDelivery(1, new(0, 1, "x", "s0"), "one more", IsFinal: false))).Refusal);
        await _directory.SendAsync(Stream, Message(2, "s1"), Cancel);
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        Assert.Equal(3, await _directory.ReadAsync(Stream, state => state.ExpectedSequence("s1"), Cancel));
    }

    [Fact]
    public async Task Sources_of_which_nothing_was_taken_do_not_count()
    {
        await OpenAsync();
        for (var i = 0; i < 2 * Bounds.MaxSources; i++)
            Assert.Equal(ErrorCodes.SequenceGap, (await SendAsync(Message(7, $"s{i}"))).Refusal!.Code);
        Assert.Null((await SendAsync(Message(1, "phone"))).Refusal);
    }

    [Fact]
    public async Task A_hypothesis_of_a_speaker_too_many_is_refused_and_comes_again_under_its_number()
    {
        await OpenFullAsync();
        Assert.Equal(ErrorCodes.InvalidChunk, (await SendAsync(new ChunkDelivery(1, new(0, 1, "x", "one more"), "phone", IsFinal: false, Key: "1"))).Refusal!.Code);
        Assert.Null((await SendAsync(new ChunkDelivery(1, new(0, 1, "x", "s1"), "phone", IsFinal: false, Key: "1"))).Refusal);
    }

    [Fact]
    public async Task What_a_recogniser_says_of_a_speaker_too_many_is_kept_without_the_speaker()
    {
        await OpenFullAsync();
        var receipt = await SendAsync(Message(1, "phone", "one more"));
        Assert.Null(receipt.Refusal);
        var problem = Assert.Single(receipt.Problems);
        Assert.Equal((Problem.InvalidChunk, "A conversation has at most 1000 speakers.", true), (problem.Kind, problem.Detail, problem.IsError));
        Assert.Empty((await SendAsync(Message(2, "phone", "s1"))).Problems);
        Assert.Equal("speaker_id is longer than 256 characters.", Assert.Single((await SendAsync(Message(3, "phone", new string('n', 257)))).Problems).Detail);
        Assert.Equal(
            [("said 1", null), ("said 2", "s1"), ("said 3", null)],
            (await FactsAsync()).OfType<ChunkAccepted>().Where(chunk => chunk.Source == "phone").Select(chunk => (chunk.Text, chunk.SpeakerId)));
        await EndAsync();
    }

    private async Task OpenFullAsync()
    {
        await OpenAsync();
        for (var i = 1; i <= Bounds.MaxSpeakers; i++) Assert.Null((await SendAsync(new ChunkDelivery(i, Chunk(i, $"s{i}").Chunk))).Refusal);
    }

    private static MessageDelivery Message(long sequence, string source, string speaker = "ana") => new(
        sequence,
        "parley",
        JsonSerializer.SerializeToUtf8Bytes(new { key = $"k{sequence}", start = 5_000 + sequence, end = 5_000.5 + sequence, text = $"said {sequence}", speaker_id = speaker }),
        source);

    private static HearChunk Chunk(long sequence, string? speaker, string source = "") => new(sequence, new StreamChunk(sequence, sequence + 0.5, "word", speaker), source);

    private static ConnectSource Connect(string source) => new(new SourceConnected(source, "deepgram", 0, 0, 0));

    private static ConversationState Begun()
    {
        var state = new ConversationState("str-1");
        Take(state, new Open(new ConversationSettings()));
        return state;
    }

    private static void Take(ConversationState state, ConversationInput input)
    {
        var decision = Conversation.Decide(state, input);
        Assert.Null(decision.Refusal);
        foreach (var fact in decision.Facts) Conversation.Apply(state, fact);
    }
}
