using Microsoft.Extensions.Logging;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Tells an operator when the log stops to take facts and when it takes them again: once each, however many appends fail between.
/// </summary>
internal sealed partial class LogWatch(ILogger<LogWatch> log, ParleyTelemetry telemetry) : IConversationObserver
{
    private int _isDown;

    /// <summary>A conversation has failed. What is damaged in one says nothing about the log.</summary>
    public void Failed(LiveConversation conversation, Exception problem)
    {
        if (problem is EventLogUnavailableException and not StreamUnreadableException) Fails(problem.Message);
    }

    /// <summary>The log took facts. On every append: it costs a look.</summary>
    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts) => Works();

    /// <summary>The log takes nothing.</summary>
    /// <param name="problem">Why.</param>
    public void Fails(string problem)
    {
        if (Interlocked.Exchange(ref _isDown, 1) == 1) return;
        telemetry.LogIsAvailable(false);
        LogUnavailable(problem);
    }

    /// <summary>The log takes facts.</summary>
    public void Works()
    {
        if (Volatile.Read(ref _isDown) == 0 || Interlocked.Exchange(ref _isDown, 0) == 0) return;
        telemetry.LogIsAvailable(true);
        LogTakesAgain();
    }

    [LoggerMessage(1021, LogLevel.Error, "Nothing can be kept, and senders are told so: {Problem}", EventName = "LogUnavailable")]
    private partial void LogUnavailable(string problem);

    [LoggerMessage(1022, LogLevel.Information, "The log takes facts again", EventName = "LogTakesAgain")]
    private partial void LogTakesAgain();
}
