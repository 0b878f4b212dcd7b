namespace Parley.AspNetCore.Security;

/// <summary>
/// Which bearer tokens (JWT, RFC 7519) are let in: those of one issuer for one audience, signed by one of the keys given here, with a subject and a
/// time of expiry. The server fetches nothing. Exactly one of <see cref="KeysFile"/>, <see cref="PublicKey"/> and <see cref="Secret"/> is given.
/// </summary>
public sealed class JwtOptions
{
    /// <summary>Who made the token (<c>iss</c>). Required.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Whom it was made for (<c>aud</c>). Required.</summary>
    public string Audience { get; set; } = "";

    /// <summary>A file with the issuer's public keys as a JSON Web Key Set (RFC 7517). Read at the start.</summary>
    public string? KeysFile { get; set; }

    /// <summary>The issuer's public key, RSA or elliptic curve, in PEM.</summary>
    public string? PublicKey { get; set; }

    /// <summary>The secret shared with the issuer, at least 32 random bytes, in Base64.</summary>
    public string? Secret { get; set; }

    /// <summary>
    /// The signatures that are taken, such as <c>RS256</c>. Default: HS256 for a secret, else RS256, PS256 and ES256. A secret takes HS algorithms only,
    /// the others never do.
    /// </summary>
    public IList<string> Algorithms { get; } = [];

    /// <summary>The claim that names the tenant. A token without it, or with one that cannot be a tenant's name, is refused. Default null: no tenants.</summary>
    public string? TenantClaim { get; set; }

    /// <summary>How far the issuer's clock may be off, in seconds, from 0 to 300. Default 30.</summary>
    public double ClockSkewSec { get; set; } = 30;
}
