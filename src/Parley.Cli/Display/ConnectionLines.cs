using System.Globalization;
using Parley.Client;

namespace Parley.Cli.Display;

/// <summary>How the connection to a server stands, for people.</summary>
internal static class ConnectionLines
{
    public static string Of(ConnectionStatus status) => SafeText.Of(status.RetryIn is { TotalSeconds: >= 0.95 } wait
        ? string.Create(CultureInfo.InvariantCulture, $"{status.Reason} Trying again in {wait.TotalSeconds:0} s.")
        : $"{status.Reason} Trying again.");
}
