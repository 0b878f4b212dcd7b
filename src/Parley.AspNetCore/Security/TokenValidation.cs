using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Parley.AspNetCore.Security;

/// <summary>Tells ASP.NET's handler of bearer tokens which ones are valid.</summary>
internal sealed class TokenValidation(IOptions<SecurityOptions> security, TimeProvider clock, ILogger<IssuerKeys> log)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private const int MaxLength = 8 * 1024;

    // A file costs nothing to look at. An issuer is asked earlier where a token names a key that is not known.
    private static readonly TimeSpan FileCountsFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerCountsFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan IssuerAnswersWithin = TimeSpan.FromSeconds(10);

    public void Configure(JwtBearerOptions options)
    {
        // Only the scheme that has a name is ours.
    }

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != ParleyAuthentication.TokenScheme || security.Value.Jwt is not { } jwt) return;
        var signing = SigningKeys.Of(jwt);
        var skew = TimeSpan.FromSeconds(jwt.ClockSkewSec);
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = jwt.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerValidator = (issuer, _, _) =>
                issuer == jwt.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("The token is another issuer's."),
            ValidAlgorithms = signing.Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = skew,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires, skew, clock.GetUtcNow()),
            NameClaimType = JwtRegisteredClaimNames.Sub,
            AuthenticationType = name,
        };
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false });
        options.SaveToken = false;
        var rotating = RotatingKeys(jwt);
        options.ConfigurationManager = rotating;
        if (rotating is null) options.TokenValidationParameters.IssuerSigningKeys = signing.Keys;
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => ReceiveAsync(context, rotating),
            OnTokenValidated = context =>
            {
                context.Properties.ExpiresUtc = End(context.SecurityToken.ValidTo, skew);
                return Task.CompletedTask;
            },
        };
    }

    private IssuerKeys? RotatingKeys(JwtOptions jwt)
    {
        if (jwt.KeysFile is { } path) return new IssuerKeys(new KeySetFile(path, jwt.Issuer).ReadAsync, FileCountsFor, clock, log);
        if (jwt.Authority is not { } authority) return null;
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = AnswerCountsFor, AllowAutoRedirect = false })
        {
            Timeout = IssuerAnswersWithin,
            MaxResponseContentBufferSize = 1 << 20,
        };
        var isSecure = authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        var documents = new HttpDocumentRetriever(http) { RequireHttps = isSecure };
        var metadata = $"{authority.TrimEnd('/')}/.well-known/openid-configuration";
        return new IssuerKeys(
            () => OpenIdConnectConfigurationRetriever.GetAsync(metadata, documents, CancellationToken.None), AnswerCountsFor, clock, log);
    }

    // Takes the token from wherever a credential may be, and makes sure of the key that it names before it is checked.
    private static async Task ReceiveAsync(MessageReceivedContext context, IssuerKeys? keys)
    {
        if (!Credentials.AreIn(context.Request, out var credential))
        {
            context.NoResult();
            return;
        }

        if (credential is not { Length: <= MaxLength } || Read(credential) is not { } token)
        {
            context.Fail("The request has no valid token.");
            return;
        }

        // Extensions that a token says must be understood (RFC 7515, 4.1.11), and none is.
        if (token.TryGetHeaderValue<object>("crit", out _))
        {
            context.Fail("The token has critical extensions.");
            return;
        }

        context.Token = credential;
        try
        {
            if (keys is not null) await keys.GetAsync(token.Kid, context.HttpContext.RequestAborted);
        }
        catch (IssuerUnavailableException unavailable)
        {
            context.Fail(unavailable);
        }
    }

    private static JsonWebToken? Read(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew, DateTimeOffset now) =>
        expires is { } end && Utc(end) > now - skew && (notBefore is not { } start || Utc(start) <= now + skew);

    private static DateTimeOffset End(DateTime expires, TimeSpan skew) =>
        Utc(expires) < DateTimeOffset.MaxValue - skew ? Utc(expires) + skew : DateTimeOffset.MaxValue;

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);
}
