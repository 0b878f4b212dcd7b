using Parley.Cli.Display;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Tests.Cli;

/// <summary>The badges of a line agree with the list of decisions and action items.</summary>
public sealed class IntentBadgeTests
{
    [Fact]
    public void What_is_listed_with_a_segment_shows_beside_its_intents()
    {
        Assert.Equal(["agreement", "decision"], Badges(Intents.Agreement, OutcomeKinds.Decision));
        Assert.Equal(["decision"], Badges(Intents.Statement, OutcomeKinds.Decision));
        Assert.Equal(["decision"], Badges(Intents.Decision, OutcomeKinds.Decision));
        Assert.Equal(["commitment"], Badges(Intents.Commitment, OutcomeKinds.ActionItem));
        Assert.Empty(Badges(Intents.Statement));
        Assert.Empty(IntentBadge.Of(null));
    }

    private static IEnumerable<string> Badges(string intent, params string[] listed)
    {
        var outcomes = listed.Select((kind, i) => new Outcome($"seg-1-{i}", kind, "take the train", "seg-0", "take the train"));
        return IntentBadge.Of(new SegmentSemantics([], [], [], intent) { Outcomes = [.. outcomes] });
    }
}
