using Parley.Cli.Display;
using Parley.Client;
using Parley.Protocol;

namespace Parley.Cli.Remote;

/// <summary>One conversation on a server, shown until it ends or nobody wants to see more.</summary>
internal static class WatchRun
{
    public static async Task<int> WatchAsync(ParleyClient client, IWatchDisplay display, CancellationToken cancellationToken)
    {
        var view = new TranscriptProjection();
        var wasStopped = false;
        try
        {
            await using var events = client.Events.GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var next = events.MoveNextAsync();
                display.Draw(isWaiting: !next.IsCompleted);
                if (!await next) break;
                view.Apply(events.Current);
                display.Show(events.Current, view);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            wasStopped = true;
        }

        display.Done(view);
        return wasStopped ? ExitCode.Cancelled : ExitCode.Success;
    }
}
