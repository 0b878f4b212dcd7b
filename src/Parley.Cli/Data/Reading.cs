using System.Globalization;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Cli.Data;

/// <summary>What a conversation came to, fact by fact.</summary>
internal sealed class Reading
{
    private readonly List<FinalizedPayload> _finals = [];
    private int _turns;

    public ConversationSettings? Settings { get; private set; }

    public IReadOnlyList<FinalizedPayload> Finals => _finals;

    public long Words => _finals.Sum(final => (long)Streaming.Words.Count(final.Segment.Text));

    /// <summary>The last one; empty before the first.</summary>
    public string Summary { get; private set; } = "";

    public void Add(Fact fact)
    {
        switch (fact)
        {
            case Opened opened:
                Settings = opened.Settings;
                break;
            case VisibleFact { Payload: FinalizedPayload final }:
                _finals.Add(final);
                break;
            case VisibleFact { Payload: SpeakerTurnPayload }:
                _turns++;
                break;
            case VisibleFact { Payload: SummaryPayload summary }:
                Summary = summary.Text;
                break;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_finals.Count} segments, {_turns} turns, {Words} words");
}
