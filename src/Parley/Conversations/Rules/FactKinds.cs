namespace Parley.Conversations.Rules;

/// <summary>The kinds of facts in the log that viewers do not get. What they get has the type of its envelope.</summary>
internal static class FactKinds
{
    public const string Opened = "opened";
    public const string RulesChanged = "rules_changed";
    public const string ChunkAccepted = "chunk_accepted";
    public const string SourceConnected = "source_connected";
    public const string LaneClosed = "lane_closed";
    public const string EndRequested = "end_requested";
    public const string Settled = "settled";
    public const string SummaryDue = "summary_due";
}
