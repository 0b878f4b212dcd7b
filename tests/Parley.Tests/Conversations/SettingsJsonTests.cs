using System.Text;
using Parley.Conversations.Rules;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

public class SettingsJsonTests
{
    [Fact]
    public void Every_setting_can_be_written()
    {
        var settings = Read(
            """
            {"max_gap_sec": -0.5, "overlap": "reject", "max_segment_sec": 20, "turn_gap_sec": 0, "idle_final_sec": 1.5, "context_segments": 3,
             "context_sec": 30, "context_tokens": 400, "summary_every_segments": 7, "summary_every_sec": 45, "workflows": ["question", "action_item", "question"],
             "redact": true, "commit_withdrawn": true, "smooth_speaker_words": 2, "close_on_end_of_turn": 0.8,
             "end_of_turn_pause_sec": 0.4, "model": "llama3", "model_temperature": 0.5, "model_output_tokens": 200,
             "language": "pt-BR", "prompts": "sales", "extracts_general": true}
            """);
        Assert.Equal([Workflow.Question, Workflow.ActionItem], settings.Workflows);
        Assert.Equal(
            new ConversationSettings
            {
                MaxGapSec = -0.5,
                Overlap = OverlapMode.Reject,
                MaxSegmentSec = 20,
                TurnGapSec = 0,
                IdleFinalSec = 1.5,
                ContextSegments = 3,
                ContextSec = 30,
                ContextTokens = 400,
                SummaryEverySegments = 7,
                SummaryEverySec = 45,
                Workflows = settings.Workflows,
                Redact = true,
                CommitWithdrawn = true,
                SmoothSpeakerWords = 2,
                CloseOnEndOfTurn = 0.8,
                EndOfTurnPauseSec = 0.4,
                Model = "llama3",
                ModelTemperature = 0.5,
                ModelOutputTokens = 200,
                Language = "pt-BR",
                Prompts = "sales",
                ExtractsGeneral = true,
            },
            settings);
        Assert.Equal(22, typeof(ConversationSettings).GetProperties().Length);
    }

    [Fact]
    public void What_is_not_named_stays_as_it_was()
    {
        var others = new ConversationSettings { MaxGapSec = 3, ContextSegments = 4 };
        Assert.Equal(others with { TurnGapSec = 5 }, ConversationSettingsJson.Read("""{"turn_gap_sec": 5}"""u8.ToArray(), others));
        Assert.Equal(new ConversationSettings(), Read("{}"));
    }

    [Theory]
    [InlineData("""{"language": "deutsch!"}""", "language must be a language tag such as de or pt-BR.")]
    [InlineData("[]", "It is not a JSON object.")]
    [InlineData("{\n\"max_gap_sec\":", "It is not valid JSON, at line 2.")]
    [InlineData("""{"max_gap_sec": 1, "max_gap_sec": 2}""", "It names a setting twice.")]
    [InlineData("""{"MaxGapSec": 1}""", "MaxGapSec is not a setting.")]
    [InlineData("""{"max_gap_sec": "1"}""", "max_gap_sec must be a finite number.")]
    [InlineData("""{"max_gap_sec": 1e999}""", "max_gap_sec must be a finite number.")]
    [InlineData("""{"max_gap_sec": null}""", "max_gap_sec must be a finite number.")]
    [InlineData("""{"overlap": "both"}""", "overlap must be lanes or reject.")]
    [InlineData("""{"max_segment_sec": 0}""", "max_segment_sec must be a number above 0.")]
    [InlineData("""{"turn_gap_sec": -1}""", "turn_gap_sec must be a number from 0.")]
    [InlineData("""{"idle_final_sec": 0}""", "idle_final_sec must be a number above 0.")]
    [InlineData("""{"commit_withdrawn": "yes"}""", "commit_withdrawn must be true or false.")]
    [InlineData("""{"smooth_speaker_words": 6}""", "smooth_speaker_words must be a whole number from 0 to 5.")]
    [InlineData("""{"close_on_end_of_turn": 0.3}""", "close_on_end_of_turn must be 0 or a number from 0.5 to 0.99.")]
    [InlineData("""{"end_of_turn_pause_sec": 6}""", "end_of_turn_pause_sec must be a number from 0.2 to 5.")]
    [InlineData("""{"context_segments": 1.5}""", "context_segments must be a whole number from 1.")]
    [InlineData("""{"summary_every_segments": 1}""", "summary_every_segments must be a whole number from 2.")]
    [InlineData("""{"workflows": ["question", "Decision"]}""", "workflows must be a list of question, action_item, decision and general.")]
    public void What_is_no_setting_is_refused_by_name(string json, string message) =>
        Assert.Equal(message, Assert.Throws<SettingsFormatException>(() => Read(json)).Message);

    [Fact]
    public void The_smallest_values_that_are_read_are_taken_by_a_conversation()
    {
        var settings = Read("""{"max_segment_sec": 5e-324, "turn_gap_sec": 0, "idle_final_sec": 5e-324, "context_segments": 1, "context_sec": 0, "summary_every_segments": 2, "summary_every_sec": 5e-324}""");
        Assert.Null(Conversation.Decide(new ConversationState("str-x"), new Open(settings)).Refusal);
    }

    private static ConversationSettings Read(string json) => ConversationSettingsJson.Read(Encoding.UTF8.GetBytes(json));
}
