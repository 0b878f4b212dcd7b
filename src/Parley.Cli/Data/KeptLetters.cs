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

    public static async IAsyncEnumerable<DeadLetter> ReadAsync(
        IEventLog log, Func<Workflow, string> versionOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var head in log.ListAsync(cancellationToken))
        {
            if (head.State == StreamState.Erased) continue;
            await foreach (var letter in DeadLetters.ReadAsync(log, head.Stream, versionOf, cancellationToken)) yield return letter;
        }
    }
}
