using System.Text.Json;
using Parley.Protocol;

namespace Parley.Tests.Protocol;

public sealed class OutcomeFoldTests
{
    private readonly OutcomeFold _fold = new();

    [Fact]
    public void What_the_rules_find_is_a_candidate_until_a_model_has_read_its_segment()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        Say("seg-1", Task("seg-1-1", "seg-1", "call Tom", "ben"));
        Answer("seg-1", "actions/1", """{"actions":[{"what":"Call Tom about the van","who":"ben","due":"Friday"}]}""");
        Assert.Equal(
            [
                new OutcomeView("action_item", "send the list", "seg-0", true, "I'll send the list", "ana"),
                new OutcomeView("action_item", "Call Tom about the van", "seg-1", false, null, "ben", "Friday"),
            ],
            _fold.All);
        Answer("seg-0", "actions/1", """{"actions":[]}""");
        Assert.Single(_fold.All);
    }

    [Fact]
    public void What_quotes_is_no_model()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        Answer("seg-0", "extractive/2", """{"actions":[]}""");
        Assert.True(Assert.Single(_fold.All).IsCandidate);
    }

    [Fact]
    public void The_same_id_again_completes_what_was_found()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        Say("seg-2", Task("seg-0-1", "seg-0", "send the list", "ana") with { Due = "today" });
        Assert.Equal("today", Assert.Single(_fold.All).Due);
    }

    [Fact]
    public void A_model_that_reads_a_joined_sentence_answers_for_both_halves()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        _fold.Fold("seg-1", new WorkflowRoutedPayload("action_item", "commitment", "seg-0"));
        Answer("seg-1", "actions/1", """{"actions":[]}""");
        Assert.Empty(_fold.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sentence_may_be_joined_any_number_of_times(bool isAnswered)
    {
        const int Links = 100_000;
        for (var segment = 0; segment < Links; segment++)
        {
            var id = SegmentId.From(segment);
            Say(id, Task($"{id}-1", id, "send the report", "ana"));
            _fold.Fold(SegmentId.From(segment + 1), new WorkflowRoutedPayload("action_item", "commitment", id));
        }

        if (isAnswered) Answer(SegmentId.From(Links), "actions/1", """{"actions":[]}""");
        Assert.Equal(isAnswered ? 0 : Links, _fold.All.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Segments_that_replace_each_other_end_the_chain(bool isAnswered)
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        _fold.Fold("seg-1", new WorkflowRoutedPayload("action_item", "commitment", "seg-0"));
        _fold.Fold("seg-0", new WorkflowRoutedPayload("action_item", "commitment", "seg-1"));
        if (isAnswered) Answer("seg-1", "actions/1", """{"actions":[]}""");
        Assert.Equal(isAnswered ? 0 : 1, _fold.All.Count);
    }

    [Fact]
    public void A_model_that_reads_what_is_general_finds_decisions_and_action_items()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "das Angebot schicken", "ana"));
        _fold.Fold("seg-1", new WorkflowRoutedPayload("general", "statement", "seg-0"));
        Answer("seg-1", "extraction/1", """{"decisions":[{"what":"Wir nehmen zwei"}],"actions":[{"what":"Schicken","who":"ana"}]}""", "general");
        Assert.Equal(
            [
                new OutcomeView("decision", "Wir nehmen zwei", "seg-1", false),
                new OutcomeView("action_item", "Schicken", "seg-1", false, null, "ana"),
            ],
            _fold.All);
    }

    [Theory]
    [InlineData("extractive/2", """{"decisions":[],"actions":[]}""")]
    [InlineData("own/1", """{"decisions":[]}""")]
    [InlineData("own/1", """{"tickets":[{"what":"x"}]}""")]
    [InlineData("own/1", "7")]
    public void What_is_general_and_has_no_list_of_a_kind_says_nothing_of_it(string handler, string data)
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        Answer("seg-0", handler, data, "general", "It was about a list.");
        Assert.True(Assert.Single(_fold.All).IsCandidate);
    }

    [Fact]
    public void People_stand_under_their_current_names()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"));
        Say("seg-1", Task("seg-1-1", "seg-1", "call Tom", "ana"));
        _fold.Fold(null, new SpeakerRevisionPayload(["seg-0"], "Eva"));
        _fold.Fold(null, new SpeakerRevisionPayload([], "Anna", "ana"));
        Assert.Equal(["Eva", "Anna"], _fold.All.Select(view => view.Who));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_speaker_who_is_named_late_takes_over_what_they_said_that_they_would_do(bool isCompleted)
    {
        var task = new Outcome("seg-0-1", OutcomeKinds.ActionItem, "send the list", "seg-0", "I'll send the list") { BySpeaker = true };
        Say("seg-0", task, speaker: null);
        Assert.Null(Assert.Single(_fold.All).Who);
        _fold.Fold(null, new SpeakerRevisionPayload(["seg-0"], "spk_1"));
        if (isCompleted) Say("seg-1", task with { Due = "today" }, speaker: null);
        Assert.Equal("spk_1", Assert.Single(_fold.All).Who);
        _fold.Fold(null, new SpeakerRevisionPayload([], "Ben", "spk_1"));
        Assert.Equal("Ben", Assert.Single(_fold.All).Who);
    }

    [Fact]
    public void What_someone_still_has_to_do_is_given_to_nobody_when_the_speaker_is_named()
    {
        Say("seg-0", new Outcome("seg-0-1", OutcomeKinds.ActionItem, "call Tom", "seg-0", "somebody has to call Tom"), speaker: null);
        _fold.Fold(null, new SpeakerRevisionPayload(["seg-0"], "ben"));
        _fold.Fold(null, new SpeakerRevisionPayload([], "Ana", From: null));
        Assert.Null(Assert.Single(_fold.All).Who);
    }

    [Theory]
    [InlineData("ana", "ana", "Eva")]
    [InlineData("ana", "ben", "ben")]
    [InlineData(null, "Unknown", "Eva")]
    [InlineData(null, "ben", "ben")]
    [InlineData("Unknown", "Unknown", "Eva")]
    public void A_models_item_of_the_speaker_has_the_name_that_the_segment_gets(string? speaker, string who, string expected)
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"), speaker);
        Answer("seg-0", "actions/1", $$"""{"actions":[{"what":"Send the list","who":"{{who}}"}]}""");
        _fold.Fold(null, new SpeakerRevisionPayload(["seg-0"], "Eva"));
        Assert.Equal(expected, Assert.Single(_fold.All).Who);
    }

    [Fact]
    public void A_model_that_calls_a_speaker_without_a_name_unknown_names_nobody()
    {
        Say("seg-0", Task("seg-0-1", "seg-0", "send the list", "ana"), speaker: null);
        Answer("seg-0", "actions/1", """{"actions":[{"what":"Send the list","who":"Unknown"}]}""");
        Assert.Null(Assert.Single(_fold.All).Who);
    }

    private static Outcome Task(string id, string segment, string what, string who) => new(id, OutcomeKinds.ActionItem, what, segment, $"I'll {what}", who);

    private void Say(string segment, Outcome outcome, string? speaker = "ana") => _fold.Fold(segment, new FinalizedPayload(
        new SegmentText(0, 1, outcome.Quote, speaker), new SegmentSemantics([], [], []) { Outcomes = [outcome] }));

    private void Answer(string segment, string handler, string data, string workflow = "action_item", string text = "") => _fold.Fold(
        segment, new WorkflowResultPayload(workflow, handler, text, JsonDocument.Parse(data).RootElement));
}
