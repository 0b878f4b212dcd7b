using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parley.Log;

namespace Parley.AspNetCore.Security;

/// <summary>Tells whose a bearer token is.</summary>
internal sealed class TokenReader
{
    private const int MaxLength = 8 * 1024;
    private const int MaxSubjectLength = 256;

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };
    private readonly TokenValidationParameters _parameters;
    private readonly string? _tenantClaim;

    public TokenReader(JwtOptions options, SigningKeys keys, TimeProvider clock)
    {
        _tenantClaim = options.TenantClaim;
        var skew = TimeSpan.FromSeconds(options.ClockSkewSec);
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKeys = keys.Keys,
            ValidAlgorithms = keys.Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = skew,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires, skew, clock.GetUtcNow()),
        };
    }

    /// <summary>Whose token this is; null if it is not valid, whatever the reason.</summary>
    public async ValueTask<Caller?> ReadAsync(string token)
    {
        if (token.Length > MaxLength) return null;
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid) return null;

        var subject = Single(result.ClaimsIdentity, JwtRegisteredClaimNames.Sub);
        if (subject is not { Length: > 0 and <= MaxSubjectLength }) return null;
        var expires = Utc(result.SecurityToken.ValidTo);
        expires = expires < DateTimeOffset.MaxValue - _parameters.ClockSkew ? expires + _parameters.ClockSkew : DateTimeOffset.MaxValue;
        if (_tenantClaim is null) return new Caller($"token:{subject}") { Expires = expires };
        return Single(result.ClaimsIdentity, _tenantClaim) is { } tenant && StreamKey.IsTenant(tenant)
            ? new Caller($"token:{tenant}/{subject}", tenant) { Expires = expires }
            : null;
    }

    private static bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew, DateTimeOffset now) =>
        expires is { } end && Utc(end) > now - skew && (notBefore is not { } start || Utc(start) <= now + skew);

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    // Two tenants in one token are no tenant.
    private static string? Single(ClaimsIdentity identity, string claim) =>
        identity.FindAll(claim).Take(2).ToArray() is [{ ValueType: ClaimValueTypes.String } only] ? only.Value : null;
}
