using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

internal static class SettingsOver
{
    /// <summary>What a client asks for, over what the server does by itself.</summary>
    public static ConversationSettings Over(this SessionSettings asked, ConversationSettings defaults) => defaults with
    {
        MaxGapSec = asked.MaxGapSec ?? defaults.MaxGapSec,
        TurnGapSec = asked.TurnGapSec ?? defaults.TurnGapSec,
        MaxSegmentSec = asked.MaxSegmentSec ?? defaults.MaxSegmentSec,
        IdleFinalSec = asked.IdleFinalSec ?? defaults.IdleFinalSec,
        Redact = asked.Redact ?? defaults.Redact,
        CommitWithdrawn = asked.CommitWithdrawn ?? defaults.CommitWithdrawn,
        SmoothSpeakerWords = asked.SmoothSpeakerWords ?? defaults.SmoothSpeakerWords,
        CloseOnEndOfTurn = asked.CloseOnEndOfTurn is 0 ? null : asked.CloseOnEndOfTurn ?? defaults.CloseOnEndOfTurn,
        EndOfTurnPauseSec = asked.EndOfTurnPauseSec ?? defaults.EndOfTurnPauseSec,
    };
}
