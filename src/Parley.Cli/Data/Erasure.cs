using System.Globalization;
using Parley.Log;

namespace Parley.Cli.Data;

/// <summary>What to erase by age.</summary>
/// <param name="EndedBefore">Conversations that ended before this time.</param>
/// <param name="Tenant">Only those of this tenant; null for all.</param>
/// <param name="IsDryRun">Whether they are only listed.</param>
/// <param name="TrustsClock">Whether the clock is believed in any case.</param>
internal sealed record OldErasure(DateTimeOffset EndedBefore, string? Tenant, bool IsDryRun, bool TrustsClock);

/// <summary>Erases conversations that are kept in a folder.</summary>
internal sealed class Erasure(IEventLog log, Terminal terminal)
{
    /// <summary>Gets whether the user is asked first.</summary>
    public required bool Asks { get; init; }

    public async Task<int> OneAsync(StreamHead head, CancellationToken cancellationToken)
    {
        if (head.State == StreamState.Erased)
        {
            await terminal.Error.WriteLineAsync($"{head.Stream} had been erased {StreamRow.Utc(head.ErasedAt!.Value)}.");
            return ExitCode.Success;
        }

        var question = string.Create(
            CultureInfo.InvariantCulture, $"Erase {head.Stream} ({head.Seq} facts)?\nNothing brings it back. [y/N] ");
        if (Asks && !await AskAsync(question, head.Stream, cancellationToken)) return ExitCode.Refused;
        await log.EraseAsync(head.Stream, cancellationToken);
        await terminal.Error.WriteLineAsync($"{head.Stream} is erased. Outputs of parley run and backups may still have it.");
        return ExitCode.Success;
    }

    public async Task<int> OldAsync(OldErasure erasure, CancellationToken cancellationToken)
    {
        var old = new OldConversations(log, terminal);
        var heads = await old.ListAsync(erasure.EndedBefore, erasure.Tenant, cancellationToken);
        var what = string.Create(
            CultureInfo.InvariantCulture, $"{heads.Count} conversations that ended before {StreamRow.Utc(erasure.EndedBefore)}");
        if (erasure.IsDryRun)
        {
            await old.WriteAsync(heads);
            await terminal.Error.WriteLineAsync($"These would be erased: {what}. Nothing is.");
            return ExitCode.Success;
        }

        var isWhole = true;
        if (heads.Count > 0)
        {
            if (!erasure.TrustsClock) await old.CheckClockAsync(cancellationToken);
            var question = $"Erase {what}?\nNothing brings them back. [y/N] ";
            if (Asks && !await AskAsync(question, what, cancellationToken)) return ExitCode.Refused;
            foreach (var head in heads) isWhole &= await TryEraseAsync(head.Stream, cancellationToken);
        }

        await terminal.Error.WriteLineAsync(
            $"Erased{(isWhole ? "" : ", but for those above")}: {what}. Outputs of parley run and backups may still have them.");
        return isWhole ? ExitCode.Success : ExitCode.Refused;
    }

    private async Task<bool> TryEraseAsync(string stream, CancellationToken cancellationToken)
    {
        try
        {
            await log.EraseAsync(stream, cancellationToken);
            return true;
        }
        catch (StreamUnreadableException problem)
        {
            await terminal.Error.WriteLineAsync(
                $"parley: {stream} is not erased: {problem.Message} Repair the data first: parley doctor --repair.");
            return false;
        }
    }

    private async Task<bool> AskAsync(string question, string what, CancellationToken cancellationToken)
    {
        if (!terminal.IsInteractive) throw new CommandException($"nobody is here to ask: to erase {what}, give --yes.");
        await terminal.Error.WriteAsync(question);
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);

        // Reading from a terminal cannot be cancelled; waiting for it can.
        var answer = await Task.Run(() => reader.ReadLine(), CancellationToken.None).WaitAsync(cancellationToken);
        if (answer?.Trim().ToUpperInvariant() is "Y" or "YES") return true;
        await terminal.Error.WriteLineAsync("Nothing is erased.");
        return false;
    }
}
