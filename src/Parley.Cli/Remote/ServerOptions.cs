using System.CommandLine;

namespace Parley.Cli.Remote;

/// <summary><c>--to URL</c>: the server that a command speaks to. Its key is read from the environment only.</summary>
internal sealed class ServerOptions(Terminal terminal)
{
    private const string Usual = "http://127.0.0.1:5210";

    public Option<string?> To { get; } = new("--to") { Description = $"The server's URL. Default: PARLEY_URL, else {Usual}. Its key: PARLEY_KEY.", HelpName = "URL" };

    /// <summary>The key or token to show; null for none.</summary>
    public string? Key => terminal.Variable("PARLEY_KEY") is { } key && !string.IsNullOrWhiteSpace(key) ? key.Trim() : null;

    /// <exception cref="CommandException">What is given is no URL of a server.</exception>
    public Uri AddressOf(ParseResult result)
    {
        var (given, from) = result.GetValue(To) is { } to ? (to, "--to") : (terminal.Variable("PARLEY_URL") ?? Usual, "PARLEY_URL");
        return Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address!
            : throw new CommandException($"{from} must be an http or https URL, such as {Usual}, not '{given}'.");
    }
}
