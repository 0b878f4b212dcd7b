using Parley.Cli.Display;
using Parley.Log;

namespace Parley.Cli.Data;

/// <summary>Conversations that ended long enough ago to be erased.</summary>
internal sealed class OldConversations(IEventLog log, Terminal terminal)
{
    // As a server does: a clock further ahead of the newest fact is more likely to be wrong than the data to be that old.
    private static readonly TimeSpan LargestStep = TimeSpan.FromDays(7);

    /// <summary>Returns those that ended before a time, the earliest end first.</summary>
    /// <param name="before">The time.</param>
    /// <param name="tenant">Only those of this tenant; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public ValueTask<List<StreamHead>> ListAsync(DateTimeOffset before, string? tenant, CancellationToken cancellationToken) =>
        log.ListEndedAsync(before, cancellationToken)
            .Where(stream => tenant is null || StreamKey.TenantOf(stream) == tenant)
            .Select(async (string stream, CancellationToken token) => await log.FindAsync(stream, token))
            .Where(head => head is { State: StreamState.Ended })
            .Select(head => head!)
            .ToListAsync(cancellationToken);

    /// <summary>Prints them, one a line: id, when it ended, and how many facts it has.</summary>
    public async Task WriteAsync(IEnumerable<StreamHead> heads)
    {
        foreach (var head in heads)
            await terminal.Output.WriteLineAsync($"{SafeText.Of(head.Stream)}\t{StreamRow.Utc(head.EndedAt!.Value)}\t{head.Seq}");
    }

    /// <summary>Refuses to go by a clock that is far ahead of everything that is stored.</summary>
    /// <exception cref="CommandException">It is more than 7 days ahead.</exception>
    public async Task CheckClockAsync(CancellationToken cancellationToken)
    {
        var now = terminal.Clock.GetUtcNow();
        if (await log.FindNewestFactAsync(cancellationToken) is not { } newest || now - newest <= LargestStep) return;
        throw new CommandException(
            $"nothing is erased: this machine's clock says {StreamRow.Utc(now)}, but the newest fact is from {StreamRow.Utc(newest)}. "
            + "Set the clock if it is wrong; if it is right, give --trust-clock.");
    }
}
