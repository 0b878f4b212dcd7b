using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Parley.AspNetCore.Security;

/// <summary>
/// The keys that tokens are signed with, and the algorithms that go with them: a public key is never taken for a secret. No keys where they
/// come from the issuer's address.
/// </summary>
internal sealed record SigningKeys(IReadOnlyList<SecurityKey> Keys, IReadOnlyList<string> Algorithms)
{
    private const int LeastSecretBytes = 32;

    private static readonly string[] ByDefault =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private static readonly string[] Symmetric =
        [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];

    private static readonly string[] Asymmetric =
    [
        .. ByDefault, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Reads the keys that the settings name.</summary>
    /// <exception cref="FormatException">What is wrong, beginning with the setting's name; never what was set.</exception>
    public static SigningKeys Of(JwtOptions options)
    {
        var given = new[] { options.Authority, options.KeysFile, options.PublicKey, options.Secret }.Count(value => value is not null);
        if (given != 1) throw new FormatException("needs exactly one of Authority, KeysFile, PublicKey and Secret.");

        var isSecret = options.Secret is not null;
        var algorithms = options.Algorithms.Count > 0 ? options.Algorithms : isSecret ? [SecurityAlgorithms.HmacSha256] : ByDefault;
        var unknown = algorithms.FirstOrDefault(algorithm => !(isSecret ? Symmetric : Asymmetric).Contains(algorithm));
        if (unknown is not null)
            throw new FormatException($"Algorithms may be {string.Join(", ", isSecret ? Symmetric : Asymmetric)} for these keys.");
        return new(ReadKeys(options), [.. algorithms]);
    }

    /// <summary>Returns the keys of a JSON Web Key Set (RFC 7517).</summary>
    /// <exception cref="FormatException">It is not one, or has no key for signatures.</exception>
    public static SecurityKey[] OfSet(string json)
    {
        try
        {
            // Symmetric keys have no place in a set of public ones, whatever the file says.
            SecurityKey[] keys = [.. JsonWebKeySet.Create(json).GetSigningKeys()
                .Where(key => key is RsaSecurityKey or ECDsaSecurityKey or JsonWebKey { Kty: "RSA" or "EC" } or X509SecurityKey)];
            return keys.Length > 0 ? keys : throw new FormatException("KeysFile has no RSA or elliptic curve key for signatures.");
        }
        catch (ArgumentException unreadable)
        {
            throw new FormatException("KeysFile cannot be read as a JSON Web Key Set.", unreadable);
        }
    }

    private static SecurityKey[] ReadKeys(JwtOptions options) =>
        options.Secret is { } secret ? [OfSecret(secret)]
        : options.PublicKey is { } pem ? [OfPem(pem)]
        : options.KeysFile is { } file ? OfFile(file)
        : IsAuthority(options.Authority) ? []
        : throw new FormatException("Authority must be an https address, or an http address of this machine, without a query.");

    // Keys that come in the clear could be anybody's.
    private static bool IsAuthority(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && Sites.IsLoopback(uri.Host)))
        && uri is { Query: "", Fragment: "", UserInfo: "" };

    private static SymmetricSecurityKey OfSecret(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret, bytes, out var length) && length >= LeastSecretBytes
            ? new SymmetricSecurityKey(bytes[..length])
            : throw new FormatException("Secret must be at least 32 random bytes in Base64.");
    }

    private static SecurityKey OfPem(string pem)
    {
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception notRsa) when (notRsa is CryptographicException or ArgumentException)
        {
            return OfEllipticPem(pem);
        }
    }

    private static ECDsaSecurityKey OfEllipticPem(string pem)
    {
        try
        {
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return new ECDsaSecurityKey(curve);
        }
        catch (Exception neither) when (neither is CryptographicException or ArgumentException)
        {
            throw new FormatException("PublicKey must be an RSA or elliptic curve key in PEM.", neither);
        }
    }

    private static SecurityKey[] OfFile(string path)
    {
        try
        {
            return OfSet(File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException("KeysFile cannot be read as a JSON Web Key Set.", unreadable);
        }
    }
}
