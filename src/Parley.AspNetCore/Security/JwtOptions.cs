namespace Parley.AspNetCore.Security;

/// <summary>
/// Which bearer tokens (JWT, RFC 7519) are let in: those of one issuer for one audience, signed by one of the keys given here, with a
/// subject and a time of expiry, and without critical extensions. Exactly one of <see cref="Authority"/>, <see cref="KeysFile"/>,
/// <see cref="PublicKey"/> and <see cref="Secret"/> is given.
/// </summary>
public sealed class JwtOptions
{
    /// <summary>Who made the token (<c>iss</c>). Required.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Whom it was made for (<c>aud</c>), compared letter by letter. Required.</summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// Gets or sets the address of an issuer that publishes its keys (OpenID Connect Discovery): https, or http on this machine. The server
    /// reads <c>/.well-known/openid-configuration</c> below it and the keys that this names when the first token comes, again every hour,
    /// and when a token names a key that is not among them, at most every 30 seconds. This is the only setting that makes the server fetch
    /// anything.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// A file with the issuer's public keys as a JSON Web Key Set (RFC 7517). A change counts within a second; while the file cannot be
    /// read, the last keys do.
    /// </summary>
    public string? KeysFile { get; set; }

    /// <summary>The issuer's public key, RSA or elliptic curve, in PEM.</summary>
    public string? PublicKey { get; set; }

    /// <summary>The secret shared with the issuer, at least 32 random bytes, in Base64.</summary>
    public string? Secret { get; set; }

    /// <summary>
    /// The signatures that are taken, such as <c>RS256</c>. Default: HS256 for a secret, else RS256, PS256 and ES256. A secret takes HS
    /// algorithms only, the others never do.
    /// </summary>
    public IList<string> Algorithms { get; } = [];

    /// <summary>
    /// The claim that names the tenant. A token without it, or with one that cannot be a tenant's name, is refused. Default null: no
    /// tenants.
    /// </summary>
    public string? TenantClaim { get; set; }

    /// <summary>How far the issuer's clock may be off, in seconds, from 0 to 300. Default 30.</summary>
    public double ClockSkewSec { get; set; } = 30;
}
