using Parley.Work;

namespace Parley.Samples.CustomServer;

/// <summary>Opens a ticket for each thing that a speaker will do or asks for.</summary>
public sealed partial class TicketHandler(ILogger<TicketHandler> log) : IWorkflowHandler
{
    public string Version => "tickets/1";

    public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
        IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        var results = new List<WorkResult>();
        foreach (var item in batch) results.Add(new WorkResult($"{await OpenTicketAsync(item, cancellationToken)}: {item.Text}"));
        return results;
    }

    // Work may come again, after an error or a restart: the ticket of a segment is always the same one.
    private Task<string> OpenTicketAsync(WorkItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ticket = $"TICKET-{item.SegmentId}";
        LogOpened(ticket);
        return Task.FromResult(ticket);
    }

    [LoggerMessage(LogLevel.Information, "{Ticket} is open")]
    private partial void LogOpened(string ticket);
}
