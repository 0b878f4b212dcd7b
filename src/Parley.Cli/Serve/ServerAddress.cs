namespace Parley.Cli.Serve;

/// <summary>Where a server is when nobody says otherwise: this machine, and nobody else's.</summary>
internal static class ServerAddress
{
    public const string Default = "http://127.0.0.1:5210";
}
