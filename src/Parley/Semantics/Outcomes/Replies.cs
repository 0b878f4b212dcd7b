using Parley.Protocol;

namespace Parley.Semantics.Outcomes;

/// <summary>Reads how a segment begins as the reply to the one before: an offer or a proposal counts once it is accepted.</summary>
internal static class Replies
{
    private static readonly string[][] Welcomes = Lists.Phrases(
        "please do|yes please|please|do that|do it|go ahead|please go ahead|that would be great|that'd be great|would be great|"
            + "that would be good|would be good|yes do|that would help|"
        + "that would be helpful|that'd be good|i'd appreciate that|do so");

    private static readonly string[][] Promises = Lists.Phrases("will do|i'll do that|i'll do it|i will do that|i can do that|"
        + "i'll take that|i'll take it|i'll take care of it|i'm on it|on it|consider it done|leave it to me|i will|i'll get on it|"
        + "i'll see to it");
    private static readonly HashSet<string> Yes = Lists.Words("yes yeah yep sure absolutely definitely please");

    public static void Read(Sentence first, SaidSegment said, OutcomeHistory history, FoundOutcomes found)
    {
        if (history.Segments is not [.., var before] || before.SpeakerId == said.SpeakerId || first.Asks) return;
        var sentences = SentenceReader.Read(before.Text);
        if (sentences is not [.., var last]) return;
        var at = 0;
        while (Vocabulary.Openers.Contains(first[at]) || first[at] == "absolutely") at++;
        if (first.Find(0, at + 1, Vocabulary.Negations) >= 0 || first[0] == "no") return;
        if (TaskRules.Offer(last) is { } offer)
        {
            var isAnswered = last.Asks && first.Count <= 4 && first.Find(0, first.Count, Yes) >= 0;
            if (isAnswered || first.Match(at, Welcomes) > 0 || first.Match(0, Welcomes) > 0 || first[at] == last[offer.What])
                found.Accept(OutcomeKinds.ActionItem, offer, before);
        }
        else if (ProposalRules.Accepts(first) && ProposalRules.Proposal(last) is { } proposal)
        {
            found.Accept(OutcomeKinds.Decision, proposal, before);
        }
        else if (first.Match(at, Promises) > 0
            && history.Outcomes is [.., { Kind: OutcomeKinds.ActionItem, Who: null } asked] && asked.SegmentId == before.SegmentId)
        {
            found.Take(asked);
        }
    }
}
