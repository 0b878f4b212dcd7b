using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parley.IntegrationTests.Server;

namespace Parley.IntegrationTests.Security;

/// <summary>Tokens that last a minute of a clock that the test moves, and a server that takes them.</summary>
internal sealed class MinuteTokens
{
    private readonly byte[] _secret = new byte[32];

    // Tokens know nothing of times before 1970.
    public FakeTimeProvider Clock { get; } = new();

    public Task<ParleyServer> StartServerAsync() => ParleyServer.StartAsync(
        configure: builder => builder.Services.AddSingleton<TimeProvider>(Clock),
        settings: [("Jwt:Issuer", "i"), ("Jwt:Audience", "a"), ("Jwt:Secret", Convert.ToBase64String(_secret)), ("Jwt:ClockSkewSec", "0")]);

    public string New() => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        $$"""{"iss":"i","aud":"a","sub":"ana","exp":{{Clock.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds()}}}""",
        new SigningCredentials(new SymmetricSecurityKey(_secret), SecurityAlgorithms.HmacSha256));
}
