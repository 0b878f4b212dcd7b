using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parley.AspNetCore.Security;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Security;

public sealed class TokenTests : IDisposable
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    private readonly FakeTimeProvider _clock = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly List<ServiceProvider> _providers = [];

    private Dictionary<string, object> Claims => new()
    {
        ["iss"] = "https://issuer.example",
        ["aud"] = "parley",
        ["sub"] = "ana",
        ["tenant"] = "north",
        ["exp"] = _clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
    };

    [Fact]
    public async Task A_token_says_who_and_whose_until_when()
    {
        var reader = BySecret(tenantClaim: "tenant");
        var late = Claims;
        var caller = await reader.AuthenticateAsync(Signed(Claims));
        Assert.Equal(("token:north/ana", "north", _clock.GetUtcNow().AddMinutes(5).AddSeconds(30)), (caller!.Client, caller.Tenant, caller.Expires!.Value));
        _clock.Advance(TimeSpan.FromSeconds(329));
        Assert.NotNull(await reader.AuthenticateAsync(Signed(late)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await reader.AuthenticateAsync(Signed(late)));
    }

    [Fact]
    public async Task Without_a_tenant_claim_in_the_settings_there_are_no_tenants()
    {
        var caller = await BySecret(tenantClaim: null).AuthenticateAsync(Signed(Claims));
        Assert.Equal(("token:ana", (string?)null), (caller!.Client, caller.Tenant));
    }

    public static TheoryData<string, object?> WrongClaims => new()
    {
        { "iss", "https://other.example" },
        { "iss", "https://issuer.example/" },
        { "iss", null },
        { "aud", "other" },
        { "aud", "parley/" },
        { "aud", "Parley" },
        { "aud", " parley" },
        { "aud", null },
        { "sub", null },
        { "sub", "" },
        { "sub", new string('s', 257) },
        { "tenant", null },
        { "tenant", "" },
        { "tenant", "nörd" },
        { "tenant", "north/x" },
        { "tenant", new string('t', 65) },
        { "tenant", 7 },
        { "tenant", new[] { "north", "south" } },
        { "exp", null },
        { "exp", -1L },
        { "exp", "soon" },
        { "nbf", 9_999_999_999L },
    };

    [Theory]
    [MemberData(nameof(WrongClaims), DisableDiscoveryEnumeration = true)]
    public async Task A_token_with_a_wrong_claim_is_nobodys(string claim, object? value)
    {
        var claims = Claims;
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        Assert.Null(await BySecret(tenantClaim: "tenant").AuthenticateAsync(Signed(claims)));
    }

    [Fact]
    public async Task A_token_that_says_it_needs_no_signature_is_nobodys()
    {
        var payload = Base64UrlEncoder.Encode(Json(Claims));
        foreach (var none in new[] { "none", "None", "NONE", "nOnE" })
        {
            var header = Base64UrlEncoder.Encode($$"""{"alg":"{{none}}","typ":"JWT"}""");
            foreach (var token in new[] { $"{header}.{payload}.", $"{header}.{payload}", $"{header}.{payload}.{Signed(Claims).Split('.')[2]}" })
                Assert.Null(await BySecret(tenantClaim: null).AuthenticateAsync(token));
        }
    }

    [Fact]
    public async Task A_public_key_is_not_taken_for_a_secret()
    {
        var pem = _rsa.ExportSubjectPublicKeyInfoPem();
        var reader = Access(options => options.PublicKey = pem);
        Assert.NotNull(await reader.AuthenticateAsync(SignedBy(new RsaSecurityKey(_rsa), SecurityAlgorithms.RsaSha256)));
        foreach (var secret in new[] { Encoding.UTF8.GetBytes(pem), _rsa.ExportSubjectPublicKeyInfo(), _rsa.ExportRSAPublicKey() })
            Assert.Null(await reader.AuthenticateAsync(SignedBy(new SymmetricSecurityKey(secret), SecurityAlgorithms.HmacSha256)));
    }

    [Fact]
    public async Task Other_algorithms_of_the_same_key_are_not_taken()
    {
        var reader = BySecret(tenantClaim: null);
        var other = RandomNumberGenerator.GetBytes(32);
        Assert.NotNull(await reader.AuthenticateAsync(SignedBy(new SymmetricSecurityKey(Secret), SecurityAlgorithms.HmacSha256)));
        Assert.Null(await reader.AuthenticateAsync(SignedBy(new SymmetricSecurityKey([.. Secret, .. Secret]), SecurityAlgorithms.HmacSha512)));
        Assert.Null(await reader.AuthenticateAsync(SignedBy(new SymmetricSecurityKey(other), SecurityAlgorithms.HmacSha256)));
    }

    [Fact]
    public async Task Keys_may_come_from_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "k1" });
        await File.WriteAllTextAsync(file, $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"k1","n":"{{key.N}}","e":"{{key.E}}"},{"kty":"oct","k":"{{Base64UrlEncoder.Encode(Secret)}}"}]}""", TestContext.Current.CancellationToken);
        var reader = Access(options => options.KeysFile = file);
        Assert.NotNull(await reader.AuthenticateAsync(SignedBy(new RsaSecurityKey(_rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256)));
        var pss = SignedBy(new RsaSecurityKey(_rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSsaPssSha256);
        Assert.NotNull(await reader.AuthenticateAsync(pss));
        Assert.Null(await reader.AuthenticateAsync(SignedBy(new SymmetricSecurityKey(Secret), SecurityAlgorithms.HmacSha256)));
        using var other = RSA.Create(2048);
        Assert.Null(await reader.AuthenticateAsync(SignedBy(new RsaSecurityKey(other) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256)));
    }

    [Fact]
    public async Task A_token_with_an_extension_that_must_be_understood_is_nobodys()
    {
        var key = new SymmetricSecurityKey(Secret);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            Json(Claims), new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            new Dictionary<string, object> { ["crit"] = new[] { "exp" } });
        Assert.Null(await BySecret(tenantClaim: null).AuthenticateAsync(token));
    }

    [Fact]
    public async Task A_token_for_several_audiences_is_taken_by_each()
    {
        var claims = Claims;
        claims["aud"] = new[] { "other", "parley" };
        Assert.NotNull(await BySecret(tenantClaim: null).AuthenticateAsync(Signed(claims)));
    }

    [Fact]
    public async Task What_is_no_token_at_all_is_nobodys()
    {
        var signed = Signed(Claims);
        var parts = signed.Split('.');
        string[] others =
        [
            "", ".", "..", "a.b.c", "....", "\0", new string('.', 8_000), new string('a', 100_000), $"{signed}.", $"{parts[0]}.{parts[1]}", $"{signed}{signed}",
            $"{parts[0]}.{parts[1]}.{parts[2][..^2]}", $"{parts[0]}..{parts[2]}", $" {signed}", "ключ.ключ.ключ",
        ];
        foreach (var token in others) Assert.Null(await BySecret(tenantClaim: null).AuthenticateAsync(token));
    }

    [Fact]
    public async Task A_far_end_is_no_end()
    {
        var claims = Claims;
        claims["exp"] = 253_402_300_799L;
        var caller = await BySecret(tenantClaim: null).AuthenticateAsync(Signed(claims));
        Assert.Equal(DateTimeOffset.MaxValue.Year, caller!.Expires!.Value.Year);
    }

    [Fact]
    public void A_connection_ends_with_its_token()
    {
        using var watch = CredentialExpiry.Watch(new Caller("token:ana") { Expires = _clock.GetUtcNow().AddMinutes(1) }, _clock);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(watch.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(watch.IsCancellationRequested);
        using var never = CredentialExpiry.Watch(new Caller("key:a"), _clock);
        _clock.Advance(TimeSpan.FromDays(1000));
        Assert.False(never.IsCancellationRequested);
    }

    [Fact]
    public async Task Tokens_and_keys_go_together()
    {
        var settings = TestKeys.With(
            ("Parley:Jwt:Issuer", "https://issuer.example"), ("Parley:Jwt:Audience", "parley"), ("Parley:Jwt:Secret", Convert.ToBase64String(Secret)), ("Parley:Jwt:TenantClaim", "tenant"));
        await using var server = await GuardedServer.StartAsync(settings, clock: _clock);
        Assert.Equal("token:north/ana north remote", await ReadAsync(await server.GetAsync("/v1/me", ("Authorization", $"Bearer {Signed(Claims)}"))));
        Assert.Equal("token:north/ana north remote", await ReadAsync(await server.GetAsync("/v1/me", ("Sec-WebSocket-Protocol", $"parley.v1, parley.key.{Signed(Claims)}"))));
        Assert.Equal("key:north/app north remote", await ReadAsync(await server.GetAsync("/v1/me", ("Authorization", $"Bearer {TestKeys.North}"))));
        var token = Signed(Claims);
        _clock.Advance(TimeSpan.FromMinutes(6));
        var expired = await server.GetAsync("/v1/me", ("Authorization", $"Bearer {token}"));
        var wrong = await server.GetAsync("/v1/me", ("Authorization", "Bearer x"));
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.Equal(await ReadAsync(wrong), await ReadAsync(expired));
    }

    [Theory]
    [InlineData("Parley:Jwt:Issuer", "")]
    [InlineData("Parley:Jwt:Audience", "")]
    [InlineData("Parley:Jwt:Secret", "c2hvcnQ=")]
    [InlineData("Parley:Jwt:Secret", "not base64 but long enough to look like one")]
    [InlineData("Parley:Jwt:Algorithms", "RS256")]
    [InlineData("Parley:Jwt:ClockSkewSec", "301")]
    [InlineData("Parley:Jwt", "needs exactly one of")]
    [InlineData("Parley:Jwt:KeysFile", "/nowhere/keys.json")]
    [InlineData("Parley:Jwt:Authority", "http://issuer.example")]
    [InlineData("Parley:Jwt:Authority", "issuer.example")]
    [InlineData("Parley:Jwt:Authority", "https://issuer.example/?tenant=north")]
    [InlineData("Parley:TenantClaim", "tenant")]
    [InlineData("Parley:Policy", "")]
    [InlineData("Parley:Jwt:PublicKey", "-----BEGIN PUBLIC KEY-----")]
    public async Task Settings_that_would_let_in_nobody_or_anybody_stop_the_server(string key, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Parley:Jwt:Issuer"] = "https://issuer.example",
            ["Parley:Jwt:Audience"] = "parley",
            ["Parley:Jwt:Secret"] = Convert.ToBase64String(Secret),
        };
        if (key is "Parley:Jwt:KeysFile" or "Parley:Jwt:PublicKey" or "Parley:Jwt:Authority") settings.Remove("Parley:Jwt:Secret");
        if (key == "Parley:Jwt") settings["Parley:Jwt:PublicKey"] = value;
        else settings[key == "Parley:Jwt:Algorithms" ? "Parley:Jwt:Algorithms:0" : key] = value;
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => GuardedServer.StartAsync(settings));
        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        if (key == "Parley:Jwt:Secret") Assert.DoesNotContain(value, problem.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _rsa.Dispose();
        foreach (var provider in _providers) provider.Dispose();
    }

    private static string Json(Dictionary<string, object> claims) => JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(claims))!.ToJsonString();

    private static Task<string> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static string Signed(Dictionary<string, object> claims) => Signed(claims, new SymmetricSecurityKey(Secret), SecurityAlgorithms.HmacSha256);

    private static string Signed(Dictionary<string, object> claims, SecurityKey key, string algorithm) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(Json(claims), new SigningCredentials(key, algorithm));

    private string SignedBy(SecurityKey key, string algorithm) => Signed(Claims, key, algorithm);

    private CallerAccess BySecret(string? tenantClaim) =>
        Access(options => (options.Secret, options.TenantClaim) = (Convert.ToBase64String(Secret), tenantClaim));

    // What a request and an AUTHENTICATE message are asked by.
    private CallerAccess Access(Action<JwtOptions> keys)
    {
        var options = new JwtOptions { Issuer = "https://issuer.example", Audience = "parley" };
        keys(options);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock);
        services.AddParleySecurity(new ConfigurationBuilder().Build()).Configure<SecurityOptions>(security => security.Jwt = options);
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<CallerAccess>();
    }
}
