using System.Text;
using System.Text.Json;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.Tests.Conversations;

/// <summary>What is written while the log is read is what the whole document and the whole view say, byte for byte.</summary>
public sealed class StreamedTranscriptTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    // One event in memory, a few of them, all of them.
    public static TheoryData<int, int> Conversations { get; } =
        new(from seed in Enumerable.Range(0, 60) from bytes in new[] { 1, 2_000, 1 << 20 } select (seed, bytes));

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task A_transcript_is_the_exported_document(int seed, int windowBytes)
    {
        await using var log = new MemoryEventLog();
        await new RandomFacts(seed).AppendAsync(log, Stream);
        var view = await ProjectAsync(log);
        foreach (var format in Enum.GetValues<TranscriptFormat>())
        {
            var finals = view.Segments
                .Select(segment => KeyValuePair.Create(segment.Id, new FinalizedPayload(segment.Text, segment.Semantic)));
            using var whole = new MemoryStream();
            await TranscriptExporter.WriteAsync(ConversationDocument.Build(Stream, finals), format, whole, Cancel);
            using var streamed = new MemoryStream();
            var transcript = await ConversationTranscript.ReadAsync(log, Stream, new EventWindows(log, Stream, windowBytes), null, Cancel);
            await transcript.WriteAsync(format, streamed, Cancel);
            Assert.Equal(Encoding.UTF8.GetString(whole.ToArray()), Encoding.UTF8.GetString(streamed.ToArray()));
            Assert.Equal(whole.ToArray(), streamed.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Results_are_those_of_the_view(int seed, int windowBytes)
    {
        await using var log = new MemoryEventLog();
        await new RandomFacts(seed).AppendAsync(log, Stream);
        var view = await ProjectAsync(log);
        var texts = view.Segments.ToDictionary(segment => segment.Id, segment => segment.Text);
        var expected = view.Work.Where(work => work.State != WorkState.Waiting || work.Results.Count > 0)
            .Select(work => (work with { Results = work.Results.TakeLast(1).ToArray() }, texts.GetValueOrDefault(work.SegmentId)));
        var streamed = await ConversationResults.ReadAsync(log, Stream, windowBytes, Cancel).ToListAsync(Cancel);
        Assert.Equal(expected.Select(Said), streamed.Select(Said));
    }

    [Fact]
    public async Task Events_of_a_window_are_read_once()
    {
        await using var log = new MemoryEventLog();
        await new RandomFacts(1).AppendAsync(log, Stream);
        var read = new List<long>();
        var places = Enumerable.Range(1, 20).Select(id => new EventPlace(id, 100));
        await foreach (var (place, window) in new EventWindows(log, Stream, 1_000).ReadAsync(places, place => (place, default), Cancel))
        {
            Assert.Equal(place.EventId, window[place.EventId].EventId);
            read.Add(place.EventId);
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(id => (long)id), read);
    }

    [Fact]
    public void Two_speakers_with_one_name_are_one_and_a_name_may_be_given_back()
    {
        var speakers = new SpeakerMerges();
        var (a, b, unnamed) = (speakers.Of("a"), speakers.Of("b"), speakers.Of(null));
        speakers.Rename("a", "b");
        speakers.Rename(null, "");
        speakers.Rename("b", "a");
        Assert.Equal(("a", "a", ""), (speakers.NameOf(a), speakers.NameOf(b), speakers.NameOf(unnamed)));
        Assert.Equal(
            ("a", "a", ""),
            (speakers.NameOf(speakers.Of("a")), speakers.NameOf(speakers.Of("b")), speakers.NameOf(speakers.Of(null))));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Said((WorkView Work, SegmentText? Said) result) =>
        JsonSerializer.Serialize(result.Work) + JsonSerializer.Serialize(result.Said);

    private static async Task<TranscriptProjection> ProjectAsync(MemoryEventLog log)
    {
        var view = new TranscriptProjection();
        await foreach (var record in log.ReadEventsAsync(Stream, 0, Cancel)) view.Apply(FactRecords.ToEnvelope(record));
        return view;
    }
}
