namespace Parley.Protocol;

/// <summary>The values of an envelope's <c>type</c>: what a server sends.</summary>
public static class EventTypes
{
    /// <summary>The conversation has begun: <see cref="SessionStartedPayload"/>.</summary>
    public const string SessionStarted = "SESSION_STARTED";

    /// <summary>A client has resumed the conversation: <see cref="SessionResumedPayload"/>.</summary>
    public const string SessionResumed = "SESSION_RESUMED";

    /// <summary>The conversation has ended: <see cref="SessionEndedPayload"/>.</summary>
    public const string SessionEnded = "SESSION_ENDED";

    /// <summary>A segment as it grows: <see cref="PartialPayload"/>.</summary>
    public const string Partial = "PARTIAL";

    /// <summary>A segment that does not change any more: <see cref="FinalizedPayload"/>.</summary>
    public const string Finalized = "FINALIZED";

    /// <summary>A speaker's turn has ended: <see cref="SpeakerTurnPayload"/>.</summary>
    public const string SpeakerTurn = "SPEAKER_TURN";

    /// <summary>A speaker has got another name: <see cref="SpeakerRevisionPayload"/>.</summary>
    public const string SpeakerRevision = "SPEAKER_REVISION";

    /// <summary>The meaning of a turn: <see cref="SemanticUpdatePayload"/>.</summary>
    public const string SemanticUpdate = "SEMANTIC_UPDATE";

    /// <summary>A segment was handed to a workflow: <see cref="WorkflowRoutedPayload"/>.</summary>
    public const string WorkflowRouted = "WORKFLOW_ROUTED";

    /// <summary>A workflow's answer as it grows: <see cref="WorkflowProgressPayload"/>.</summary>
    public const string WorkflowProgress = "WORKFLOW_PROGRESS";

    /// <summary>A workflow has answered: <see cref="WorkflowResultPayload"/>.</summary>
    public const string WorkflowResult = "WORKFLOW_RESULT";

    /// <summary>Work was dropped under load: <see cref="WorkflowDroppedPayload"/>.</summary>
    public const string WorkflowDropped = "WORKFLOW_DROPPED";

    /// <summary>Work has failed for good: <see cref="WorkflowFailedPayload"/>.</summary>
    public const string WorkflowFailed = "WORKFLOW_FAILED";

    /// <summary>A summary of part of the conversation: <see cref="SummaryPayload"/>.</summary>
    public const string Summary = "SUMMARY";

    /// <summary>A model did not write a summary: <see cref="SummaryFailedPayload"/>.</summary>
    public const string SummaryFailed = "SUMMARY_FAILED";

    /// <summary>Text that was left out, or that may be said twice: <see cref="AnomalyPayload"/>.</summary>
    public const string Anomaly = "ANOMALY";

    /// <summary>The chunks that cannot be lost any more: <see cref="ChunkAckPayload"/>.</summary>
    public const string ChunkAck = "CHUNK_ACK";

    /// <summary>The answer to a ping: <see cref="PongPayload"/>.</summary>
    public const string Pong = "PONG";

    /// <summary>An error: <see cref="ErrorPayload"/>.</summary>
    public const string Error = "ERROR";
}
