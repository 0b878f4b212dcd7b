using System.Globalization;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Cli.Data;

/// <summary>What a conversation came to, fact by fact.</summary>
internal sealed class Reading
{
    private readonly List<FinalizedPayload> _finals = [];
    private readonly SummaryReading _summaries = new();
    private int _turns;

    public ConversationSettings? Settings { get; private set; }

    public IReadOnlyList<FinalizedPayload> Finals => _finals;

    public long Words => _finals.Sum(final => (long)Streaming.Words.Count(final.Segment.Text));

    /// <summary>The last one, the final one once there is one, under the speakers' current names; null before the first.</summary>
    public SummaryPayload? Summary => _summaries.Best?.Summary;

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
        }

        if (fact is VisibleFact told) _summaries.Take(told.Payload, eventId: 0, at: default);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_finals.Count} segments, {_turns} turns, {Words} words");
}
