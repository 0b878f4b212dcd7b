using Parley.Asr;
using Parley.Streaming;
using Parley.Tests.Asr.Simulation;

namespace Parley.Tests.Asr;

public sealed class DialectTests
{
    public static TheoryData<string> Names => new(Dialect.All.Select(dialect => dialect.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_conversation_gives_the_same_words_in_the_same_order_by_speaker(string name)
    {
        var dialect = Named(name);
        var heard = Heard.Of(dialect.Format, dialect.Speak(Conversation.Shared));

        var truth = Heard.Words(Conversation.Shared.Words.Select(word => ((string?)word.Speaker, word.Text)), dialect.HasSpeakers);
        var said = Heard.Words(heard.Chunks().Select(chunk => (chunk.SpeakerId, chunk.Text)), dialect.HasSpeakers);
        Assert.Equal(truth, said);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_enough_messages_and_nothing_is_out_of_order_in_it(string name)
    {
        var dialect = Named(name);
        var messages = dialect.Speak(Conversation.Shared);
        var heard = Heard.Of(dialect.Format, messages);

        Assert.InRange(messages.Count, 60, 1_000);
        // What these vendors do on a good day: a clock that starts anew unannounced, dates, cumulative words, windows that overlap, an item that
        // fails.
        AsrAnomaly[] usual =
        [
            AsrAnomaly.ClockRestarted, AsrAnomaly.AbsoluteTimes, AsrAnomaly.Stale, AsrAnomaly.TimesOutOfPlace, AsrAnomaly.Restated, AsrAnomaly.Repeated,
            AsrAnomaly.RecogniserError,
        ];
        Assert.Empty(heard.Anomalies.Except(usual));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Time_goes_on_over_a_clock_that_restarts(string name)
    {
        var dialect = Named(name);
        var chunks = Heard.Of(dialect.Format, dialect.Speak(Conversation.Shared)).Chunks();

        var before = 0.0;
        Assert.All(chunks, chunk =>
        {
            Assert.True(chunk.Start >= before - 0.001, $"{chunk.Start} after {before}");
            before = chunk.End;
        });
        Assert.Equal(Conversation.Shared.Words.Last().End, chunks[^1].End, tolerance: 1.0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_tail_is_withdrawn_in_the_end(string name)
    {
        var dialect = Named(name);
        var tails = new Dictionary<string, string>();
        foreach (var output in Heard.Of(dialect.Format, dialect.Speak(Conversation.Shared)).Outputs)
        {
            if (output.Kind == AsrOutputKind.Tentative) tails[output.Chunk.SpeakerId ?? ""] = output.Chunk.Text;
        }

        Assert.All(tails.Values, Assert.Empty);
    }

    [Fact]
    public void Formats_with_the_times_and_speakers_of_words_give_identical_transcripts()
    {
        var transcripts = Dialect.All.Where(dialect => dialect.HasWordSpeakers).Select(dialect => (dialect.Name, Segments: Segments(dialect))).ToList();

        Assert.True(transcripts.Count >= 5);
        Assert.All(transcripts, transcript => Assert.Equal(transcripts[0].Segments, transcript.Segments));
    }

    [Fact]
    public void The_format_of_every_sample_is_told_by_its_shape()
    {
        foreach (var dialect in Dialect.All)
        {
            var messages = dialect.Speak(Conversation.Shared);
            var told = messages.Take(20).Select(message => AsrFormats.Default.Detect(System.Text.Encoding.UTF8.GetBytes(message))).First(detection => detection is not null)!;
            Assert.Equal(dialect.Format, told.Format.Name);
            Assert.NotEmpty(told.Reason);
        }
    }

    private static List<string> Segments(Dialect dialect)
    {
        var session = new StreamingSession(new() { Overlap = OverlapMode.Lanes, Join = TextJoin.Script });
        var heard = Heard.Of(dialect.Format, dialect.Speak(Conversation.Shared));
        var speakers = new List<string?>();
        var revised = new Queue<StreamChunk>(heard.Chunks());
        var segments = new List<string>();
        foreach (var output in heard.Outputs)
        {
            if (output.Kind == AsrOutputKind.Committed) Collect(session.IngestChunk(revised.Dequeue()));
        }

        Collect(session.EndOfStream());
        return segments;

        void Collect(StreamEvents events)
        {
            foreach (var happened in events)
            {
                if (happened.Type != StreamEventType.FinalSegment) continue;
                var segment = happened.Segment;
                if (!speakers.Contains(segment.SpeakerId)) speakers.Add(segment.SpeakerId);
                segments.Add($"{segment.Start:0.00}-{segment.End:0.00} {speakers.IndexOf(segment.SpeakerId)}: {segment.Text}");
            }
        }
    }

    private static Dialect Named(string name) => Dialect.All.Single(dialect => dialect.Name == name);
}
