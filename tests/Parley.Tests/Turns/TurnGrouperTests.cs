using System.Text.Json.Nodes;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Turns;

namespace Parley.Tests.Turns;

public class TurnGrouperTests
{
    private readonly TurnGrouper _turns = new();

    public static TheoryData<string> Vectors => Golden.Names("live_semantic.jsonl");

    [Theory, MemberData(nameof(Vectors))]
    public void Turns_as_the_reference(string name)
    {
        var vector = Golden.Case("live_semantic.jsonl", name);
        var turns = new TurnGrouper(new TurnConfig
        {
            KeepThroughInterjections = false,
            CountQuestions = vector["config"]!["enable_question_detection"]?.GetValue<bool>() ?? true,
        });
        foreach (var (op, expected) in vector["ops"]!.AsArray().Zip(vector["expect"]!.AsArray()))
        {
            // Where the reference refuses a chunk, its session does, before there is a turn.
            if (expected is not JsonArray wanted) continue;
            var ended = op!["chunk"] is { } chunk ? turns.Add(SegmentOf(chunk)) : turns.EndOfStream();
            Assert.Equal(wanted.Select(update => update!["semantic"]!["turn"]!).Select(Describe), ended.Select(Describe));
        }
    }

    [Fact]
    public void Another_speaker_ends_a_turn()
    {
        Assert.Empty(_turns.Add(new(0, 4, "shall we take the ferry", "ana")));
        Assert.Equal(["ana: shall we take the ferry"], Said(_turns.Add(new(4.2, 6, "yes i will book two seats", "ben"))));
        Assert.Equal(["ben: yes i will book two seats"], Said(_turns.EndOfStream()));
    }

    [Fact]
    public void Scripts_that_are_written_without_spaces_are_joined_without()
    {
        _turns.Add(new(0, 1, "渡し船は", "ana"));
        _turns.Add(new(1.2, 2, "いくらですか", "ana"));
        _turns.Add(new(2.2, 3, "please", "ana"));
        Assert.Equal(["ana: 渡し船はいくらですか please"], Said(_turns.EndOfStream()));
    }

    [Fact]
    public void A_turn_goes_on_through_an_interjection_which_is_a_turn_of_its_own()
    {
        _turns.Add(new(0, 4, "the plan is", "ana"));
        Assert.Empty(_turns.Add(new(4.1, 4.5, "uh huh yeah", "ben")));
        Assert.Equal(["ben: uh huh yeah"], Said(_turns.Add(new(4.6, 8, "to take the ferry", "ana"))));
        Assert.Equal(["ana: the plan is to take the ferry"], Said(_turns.EndOfStream()));
    }

    [Theory]
    [InlineData(4.5, "one two three four")]
    [InlineData(5.2, "slowly")]
    public void What_is_longer_than_three_words_or_a_second_takes_the_floor(double end, string text)
    {
        _turns.Add(new(0, 4, "the plan is", "ana"));
        Assert.Equal(["ana: the plan is"], Said(_turns.Add(new(4.1, end, text, "ben"))));
    }

    [Fact]
    public void Who_interjects_and_goes_on_takes_the_floor_from_the_first_word()
    {
        _turns.Add(new(0, 4, "the plan is", "ana"));
        Assert.Empty(_turns.Add(new(4.1, 4.4, "no", "ben")));
        Assert.Equal(["ana: the plan is"], Said(_turns.Add(new(5, 9, "the ferry does not run on sundays", "ben"))));
        Assert.Equal(["ben: no the ferry does not run on sundays"], Said(_turns.EndOfStream()));
    }

    [Fact]
    public void A_third_speaker_ends_the_turn_and_the_interjection_in_their_order()
    {
        _turns.Add(new(0, 4, "the plan is", "ana"));
        _turns.Add(new(4.1, 4.4, "right", "ben"));
        var ended = _turns.Add(new(4.5, 7, "wait i have another idea", "cem"));
        Assert.Equal(["ana: the plan is", "ben: right"], Said(ended));
        Assert.Equal(["turn_0", "turn_1"], ended.Select(turn => turn.Id));
    }

    [Fact]
    public void An_interjection_into_a_segment_that_is_not_final_yet_does_not_end_its_turn()
    {
        _turns.Add(new(0, 4, "the plan is", "ana"));
        // Her next words run from 5 to 30, so they are final after his.
        _turns.Add(new(12, 12.3, "sure", "ben"));
        _turns.Add(new(5, 30, "to take the ferry at nine", "ana"));
        Assert.Equal(["ana: the plan is to take the ferry at nine"], Said(_turns.EndOfStream()));
    }

    [Fact]
    public void Interjections_alone_do_not_hold_a_turn_open_for_ever()
    {
        _turns.Add(new(0, 4, "are you all there", "ana"));
        var ended = Enumerable.Range(1, 200).Sum(i => _turns.Add(new(i * 10, (i * 10) + 0.3, "yes", i % 2 == 0 ? "ben" : "cem")).Count);
        Assert.InRange(ended, 180, 201);
    }

    [Fact]
    public void Nothing_said_is_lost_or_said_twice()
    {
        var random = new Random(1);
        var clock = 0.0;
        var segments = Enumerable.Range(0, 2_000).Select(i =>
        {
            clock += random.NextDouble() * 2.5;
            var start = clock;
            clock += random.NextDouble() * 2;
            return new StreamSegment(start, clock, $"w{i}", $"s{random.Next(4)}");
        }).ToList();
        var ended = segments.SelectMany(_turns.Add).ToList();
        ended.AddRange(_turns.EndOfStream());
        Assert.Equal(segments.Select(segment => segment.Text).Order(), ended.SelectMany(turn => turn.Text.Split(' ')).Order());
        Assert.Equal(ended.Select((_, i) => $"turn_{i}"), ended.Select(turn => turn.Id));
    }

    [Fact]
    public void A_turn_names_the_segments_it_is_made_of()
    {
        var session = new StreamingSession(new StreamConfig { EmitIds = true });
        StreamChunk[] chunks = [new(0, 1, "one", "ana"), new(2.5, 3, "two", "ana"), new(3, 5, "now to something else", "ben")];
        foreach (var said in chunks.SelectMany(chunk => session.IngestChunk(chunk)).Where(e => e.Type == StreamEventType.FinalSegment))
            Assert.Empty(_turns.Add(said.Segment));
        Assert.Equal(["seg-0", "seg-1"], Assert.Single(_turns.EndOfStream()).StreamSegmentIds);
    }

    private static IEnumerable<string> Said(IEnumerable<Turn> turns) => turns.Select(turn => $"{turn.SpeakerId}: {turn.Text}");

    private static StreamSegment SegmentOf(JsonNode chunk) => new(
        chunk["start"]!.GetValue<double>(), chunk["end"]!.GetValue<double>(), chunk["text"]!.GetValue<string>(), chunk["speaker_id"]?.GetValue<string>());

    private static string Describe(JsonNode turn) => string.Join(
        '|', turn["id"], turn["speaker_id"], turn["segment_ids"]!.ToJsonString(), turn["start"]!.GetValue<double>(), turn["end"]!.GetValue<double>(),
        turn["text"], turn["metadata"]!["turn_meta"]!["question_count"]);

    private static string Describe(Turn turn) => string.Join(
        '|', turn.Id, turn.SpeakerId, $"[{string.Join(',', turn.SegmentIds)}]", turn.Start, turn.End, turn.Text, turn.Metadata!.QuestionCount);
}
