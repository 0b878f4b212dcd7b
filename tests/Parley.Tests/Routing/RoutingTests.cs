using System.Text.Json;
using Parley.Routing;
using Parley.Semantics;

namespace Parley.Tests.Routing;

public class RoutingTests
{
    [Theory]
    [InlineData("question", "question")]
    [InlineData("clarification", "question")]
    [InlineData("action_item", "action_item")]
    [InlineData("commitment", "action_item")]
    [InlineData("decision", "decision")]
    [InlineData("agreement", "decision")]
    [InlineData("statement", "general")]
    [InlineData("Question", "general")]
    [InlineData("small_talk", "general")]
    [InlineData("", "general")]
    [InlineData(null, "general")]
    public void An_intent_goes_to_its_workflow_and_an_unknown_one_to_general(string? intent, string workflow) =>
        Assert.Equal(workflow, RoutingTable.Default[intent].ToName());

    [Fact]
    public void A_users_table_replaces_the_default()
    {
        var table = RoutingTable.Parse("""{"complaint": "action_item", "statement": "decision"}""");
        Assert.Equal(Workflow.ActionItem, table["complaint"]);
        Assert.Equal(Workflow.Decision, table["statement"]);
        Assert.Equal(Workflow.General, table["question"]);
    }

    [Theory]
    [InlineData("""{"complaint": "urgent"}""", "\"complaint\" goes to \"urgent\"")]
    [InlineData("""{"complaint": 3}""", "\"complaint\" goes to 3")]
    [InlineData("""{"a": "question", "a": "general"}""", "\"a\" is in the routing table twice")]
    [InlineData("""["question"]""", "is a JSON object")]
    [InlineData("""{"a":""", "not JSON")]
    public void A_bad_table_is_refused_with_the_entry_that_is_wrong(string json, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<FormatException>(() => RoutingTable.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Workflow_names_are_read_as_they_are_written()
    {
        foreach (var workflow in Enum.GetValues<Workflow>())
        {
            Assert.True(WorkflowNames.TryParse(workflow.ToName(), out var read));
            Assert.Equal(workflow, read);
        }

        Assert.False(WorkflowNames.TryParse("ActionItem", out _));
    }

    [Fact]
    public void The_record_for_an_llm_has_the_six_fields_of_the_contract()
    {
        var routed = RoutedSegment.From(new AnnotatedSegment(0.5, 2, "who’s driving", null, [], "question"));
        var json = JsonSerializer.Serialize(routed, RoutingJsonContext.Default.RoutedSegment);
        Assert.Equal("""{"text":"who\u2019s driving","speaker":"Unknown","start":0.5,"end":2,"intent":"question","workflow":"question"}""", json);
        Assert.Equal(routed, JsonSerializer.Deserialize(json, RoutingJsonContext.Default.RoutedSegment));
    }
}
