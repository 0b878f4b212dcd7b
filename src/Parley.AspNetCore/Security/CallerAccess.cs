using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Security;

/// <summary>Tells who a request, or the token in an AUTHENTICATE message, is from.</summary>
internal sealed class CallerAccess
{
    private readonly KeyRing _keys;
    private readonly TokenReader? _tokens;

    public CallerAccess(IOptions<SecurityOptions> options, TimeProvider clock)
    {
        AsksForCredentials = options.Value.AsksForCredentials;
        _keys = new KeyRing(options.Value.Keys);
        _tokens = options.Value.Jwt is { } jwt ? new TokenReader(jwt, SigningKeys.Of(jwt), clock) : null;
    }

    /// <summary>Whether a key or token is needed. Without, everybody who gets here is <see cref="Caller.Local"/>.</summary>
    public bool AsksForCredentials { get; }

    /// <summary>Whose key or token this is; null if it is nobody's.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(string credential)
    {
        if (!AsksForCredentials) return Caller.Local;
        return _keys.Find(credential) ?? (_tokens is null ? null : await _tokens.ReadAsync(credential));
    }

    /// <summary>Who makes a request. Refused if it brings credentials that are not valid; nobody, if it brings none and they are needed.</summary>
    public async ValueTask<(Caller? Caller, bool IsRefused)> OfAsync(HttpRequest request)
    {
        if (!AsksForCredentials) return (Caller.Local, false);
        if (!Credentials.AreIn(request, out var credential)) return (null, false);
        var caller = credential is null ? null : await AuthenticateAsync(credential);
        return (caller, caller is null);
    }
}
