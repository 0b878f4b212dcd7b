using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Parley.IntegrationTests.Security;

/// <summary>An issuer of tokens that publishes its keys as OpenID Connect has it.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RSA> _keys = new();
    private readonly WebApplication _app;
    private int _asked;

    private Issuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>How often its keys were asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Whether it answers.</summary>
    public bool IsUp { get; set; } = true;

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new Issuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => issuer.Answer(new JsonObject
        {
            ["issuer"] = issuer.Url,
            ["jwks_uri"] = $"{issuer.Url}/keys",
        }));
        issuer._app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref issuer._asked);
            return issuer.Answer(issuer.KeySet());
        });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>From now on it signs with this key alone.</summary>
    public void Rotate(string keyId)
    {
        _keys.Clear();
        _keys[keyId] = RSA.Create(2048);
    }

    /// <summary>Returns a token of its only key.</summary>
    public string NewToken(TimeProvider clock)
    {
        var (id, key) = _keys.Single();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            $$"""{"iss":"{{Url}}","aud":"parley","sub":"ana","exp":{{clock.GetUtcNow().AddDays(1).ToUnixTimeSeconds()}}}""",
            new SigningCredentials(new RsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.RsaSha256));
    }

    /// <summary>Returns its public keys as a JSON Web Key Set.</summary>
    public JsonObject KeySet() => new()
    {
        ["keys"] = new JsonArray([.. _keys.Select(key => (JsonNode)new JsonObject
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.Key,
            ["n"] = Base64UrlEncoder.Encode(key.Value.ExportParameters(false).Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Value.ExportParameters(false).Exponent),
        })]),
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(JsonObject answer) => IsUp ? Results.Text(answer.ToJsonString(), "application/json") : Results.StatusCode(500);
}
