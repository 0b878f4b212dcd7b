using Parley.Protocol;

namespace Parley.Tests.Protocol;

public class TranscriptProjectionTests
{
    private readonly TranscriptProjection _view = new();
    private long _lastEventId;

    [Fact]
    public void A_partial_grows_into_its_final()
    {
        Partial("seg-0", "so");
        Partial("seg-0", "so it");
        Assert.False(Assert.Single(_view.Segments).IsFinal);
        Final("seg-0", "so it is");
        Assert.Equal(new SegmentText(0, 1, "so it is", "ana"), Assert.Single(_view.Segments).Text);
        Assert.True(_view.Segments[0].IsFinal);
    }

    [Fact]
    public void A_partial_after_its_final_is_ignored()
    {
        Final("seg-0", "so it is");
        Assert.False(Partial("seg-0", "so"));
        Assert.Equal("so it is", _view.Segments[0].Text.Text);
    }

    [Fact]
    public void A_tentative_tail_goes_when_its_speaker_is_heard()
    {
        Partial(null, "maybe");
        Assert.Equal("maybe", _view.Tentative!.Text);
        Partial("seg-0", "may be");
        Assert.Null(_view.Tentative);
    }

    [Fact]
    public void Each_speaker_has_a_tentative_text_and_a_new_one_replaces_only_the_last_of_that_speaker()
    {
        Partial(null, "I think", "ana");
        Partial(null, "hm", "ben");
        Partial(null, "noise", null);
        Partial(null, "I think so", "ana");
        Assert.Equal(["ana: I think so", "ben: hm", ": noise"], Tentatives());
        Assert.Equal("noise", _view.Tentative!.Text);

        Partial("seg-0", "I think so", "ana");
        Assert.Equal(["ben: hm", ": noise"], Tentatives());
        Final("seg-1", "hmm", "ben");
        Assert.Equal([": noise"], Tentatives());
        Say(null, new SessionEndedPayload(new SessionStats()));
        Assert.Empty(Tentatives());
    }

    [Fact]
    public void An_empty_tentative_text_removes_the_last_one_of_its_speaker()
    {
        Partial(null, "I think", "ana");
        Partial(null, "hm", "ben");
        Assert.True(Partial(null, "", "ben"));
        Assert.Equal(["ana: I think"], Tentatives());
        Assert.False(Partial(null, "", "ben"));
        Assert.True(Partial(null, "", "ana"));
        Assert.Null(_view.Tentative);
    }

    [Fact]
    public void Speakers_who_get_the_same_name_keep_their_tentative_texts_apart()
    {
        Partial(null, "I think", "spk_0");
        Partial(null, "hm", "spk_1");
        Say(null, new SpeakerRevisionPayload([], "Ana", "spk_0"));
        Say(null, new SpeakerRevisionPayload([], "Ana", "spk_1"));
        Assert.Equal(["Ana: I think", "Ana: hm"], Tentatives());
        Partial(null, "I think so", "spk_0");
        Final("seg-0", "hmm", "spk_1");
        Assert.Equal(["Ana: I think so"], Tentatives());
    }

    [Fact]
    public void Facts_fed_again_change_nothing()
    {
        var facts = new[]
        {
            Fact(null, new SessionStartedPayload(Stream)),
            Fact("seg-0", new FinalizedPayload(new SegmentText(0, 1, "why?", "ana"))),
            Fact("seg-0", new WorkflowRoutedPayload("question", "question")),
            Fact("seg-0", new WorkflowResultPayload("question", "llm/1", "Because.")),
            Fact(null, new SpeakerTurnPayload(new TurnView("turn-0", 0, 1, ["seg-0"], "ana"))),
            Fact(null, new SummaryPayload("They met.", 1, 2, SummaryKinds.Final)),
            Fact(null, new SessionEndedPayload(new SessionStats { SegmentsFinalized = 1 })),
        };
        Assert.All(facts, fact => Assert.True(_view.Apply(fact)));
        Assert.All(facts, fact => Assert.False(_view.Apply(fact)));
        Assert.Single(_view.Segments);
        Assert.Single(_view.Turns);
        Assert.Single(_view.Summaries);
        Assert.Equal("Because.", Assert.Single(Assert.Single(_view.Work).Results).Text);
        Assert.Equal(1, _view.Stats!.SegmentsFinalized);
        Assert.Equal((7, true), (_view.LastEventId, _view.IsComplete));
    }

    [Fact]
    public void A_missing_fact_is_noticed()
    {
        Final("seg-0", "one");
        _lastEventId++;
        Final("seg-1", "two");
        Assert.False(_view.IsComplete);
    }

    [Fact]
    public void A_speaker_named_late_is_named_in_what_was_said_and_in_what_follows()
    {
        Final("seg-0", "one");
        Say(null, new SpeakerTurnPayload(new TurnView("turn-0", 0, 1, ["seg-0"], "ana")));
        Say(null, new SpeakerRevisionPayload([], "Ana Lima", "ana"));
        Say(null, new SpeakerRevisionPayload([], "Dr Lima", "Ana Lima"));
        Final("seg-1", "two");
        Assert.All(_view.Segments, segment => Assert.Equal("Dr Lima", segment.Text.SpeakerId));
        Assert.Equal("Dr Lima", _view.Turns[0].SpeakerId);
    }

    [Fact]
    public void A_revision_of_one_segment_leaves_the_others()
    {
        Final("seg-0", "one");
        Final("seg-1", "two");
        Say(null, new SpeakerRevisionPayload(["seg-1"], "ben", "ana"));
        Assert.Equal(["ana", "ben"], _view.Segments.Select(segment => segment.Text.SpeakerId));
    }

    [Fact]
    public void Work_shows_what_has_become_of_it()
    {
        Say("seg-0", new WorkflowRoutedPayload("question", "question"));
        Say("seg-1", new WorkflowRoutedPayload("question", "question", Replaces: "seg-0"));
        Say("seg-1", new WorkflowDroppedPayload("question", "queue_full"));
        Assert.Equal([WorkState.Replaced, WorkState.Dropped], _view.Work.Select(work => work.State));
        Say("seg-1", new WorkflowResultPayload("question", "llm/1", "Yes."));
        Assert.Equal((WorkState.Done, "queue_full"), (_view.Work[1].State, _view.Work[1].Reason));
    }

    [Fact]
    public void An_answer_shows_as_it_is_given_until_it_is_there()
    {
        Say("seg-0", new WorkflowRoutedPayload("question", "question"));
        Assert.True(Progress("seg-0", "Nine"));
        Assert.True(Progress("seg-0", "Nine euros"));
        Assert.Equal("Nine euros", _view.Work[0].Progress);
        Say("seg-0", new WorkflowResultPayload("question", "answer/1", "Nine euros."));
        Assert.Null(_view.Work[0].Progress);
        Assert.False(Progress("seg-0", "Nine eu"));
        Assert.Null(_view.Work[0].Progress);
    }

    [Fact]
    public void Another_stream_is_refused()
    {
        Final("seg-0", "one");
        var other = Fact(null, new SummaryPayload("", 1, 1, SummaryKinds.Final)) with { StreamId = "str-other" };
        Assert.Throws<ArgumentException>(() => _view.Apply(other));
    }

    private const string Stream = "str-00000000-0000-4000-8000-000000000000";

    private IEnumerable<string> Tentatives() => _view.Tentatives.Select(text => $"{text.SpeakerId}: {text.Text}");

    private void Final(string id, string text, string? speaker = "ana") => Say(id, new FinalizedPayload(new SegmentText(0, 1, text, speaker)));

    private bool Partial(string? id, string text, string? speaker = "ana") =>
        _view.Apply(Make(_lastEventId, id, new PartialPayload(new SegmentText(0, 1, text, speaker))));

    private bool Progress(string id, string text) =>
        _view.Apply(Make(_lastEventId, id, new WorkflowProgressPayload("question", text, 1)));

    private void Say(string? id, ServerPayload payload) => Assert.True(_view.Apply(Fact(id, payload)));

    private Envelope Fact(string? id, ServerPayload payload) => Make(++_lastEventId, id, payload);

    private static Envelope Make(long eventId, string? segmentId, ServerPayload payload) =>
        new() { EventId = eventId, StreamId = Stream, SegmentId = segmentId, TsServer = 0, Payload = payload };
}
