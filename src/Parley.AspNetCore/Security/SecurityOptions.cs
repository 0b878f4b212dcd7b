namespace Parley.AspNetCore.Security;

/// <summary>
/// Who may use a server, from the section <c>Parley</c>. With neither <see cref="Keys"/> nor <see cref="Jwt"/> only programs on the same machine may,
/// and the server refuses to listen anywhere else.
/// </summary>
public sealed class SecurityOptions
{
    /// <summary>The keys that are let in. Default none.</summary>
    public IList<ApiKeyOptions> Keys { get; } = [];

    /// <summary>Which bearer tokens are let in. Default null: none.</summary>
    public JwtOptions? Jwt { get; set; }

    /// <summary>
    /// Whose web pages may use this server from a browser, such as <c>https://app.example.com</c>: scheme, host and, where it is not the usual one, port.
    /// The server's own page always may. Default none.
    /// </summary>
    public IList<string> Origins { get; } = [];

    internal bool AsksForCredentials => Keys.Count > 0 || Jwt is not null;
}
