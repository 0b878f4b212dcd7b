using System.Globalization;
using Parley.Client;

namespace Parley.Cli.Display;

/// <summary>How the connection to a server stands, for people.</summary>
internal static class ConnectionLines
{
    /// <summary>Whether there is something to tell: a client that comes back at once does so for its own reasons, and nobody misses anything.</summary>
    public static bool IsNews(ConnectionStatus status) => status is { State: ConnectionState.Waiting, RetryIn.Ticks: > 0 };

    public static string Of(ConnectionStatus status) => SafeText.Of(status.RetryIn is { TotalSeconds: >= 0.95 } wait
        ? string.Create(CultureInfo.InvariantCulture, $"{status.Reason} Trying again in {wait.TotalSeconds:0} s.")
        : $"{status.Reason} Trying again.");
}
