using System.Runtime.CompilerServices;
using Parley.Log;
using Parley.Routing;
using Parley.Work;

namespace Parley.Cli.Data;

/// <summary>The dead letters of every conversation that is kept.</summary>
internal static class KeptLetters
{
    /// <summary>For a list that nobody works off here.</summary>
    public static string AnyVersion(Workflow workflow) => "any";

    /// <param name="log">The log.</param>
    /// <param name="versionOf">The version of the handler that would do a workflow's work now.</param>
    /// <param name="terminal">Is told of each conversation that cannot be read; it does not hide the others.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<DeadLetter> ReadAsync(
        IEventLog log, Func<Workflow, string> versionOf, Terminal terminal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var head in log.ListAsync(cancellationToken))
        {
            if (head.State == StreamState.Erased) continue;
            foreach (var letter in await OfAsync(log, head.Stream, versionOf, terminal, cancellationToken)) yield return letter;
        }
    }

    private static async Task<IReadOnlyList<DeadLetter>> OfAsync(
        IEventLog log, string stream, Func<Workflow, string> versionOf, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return await DeadLetters.ReadAsync(log, stream, versionOf, cancellationToken).ToListAsync(cancellationToken);
        }
        catch (StreamUnreadableException problem)
        {
            await terminal.Error.WriteLineAsync($"parley: {stream} is left out: {problem.Message}");
            return [];
        }
    }
}
