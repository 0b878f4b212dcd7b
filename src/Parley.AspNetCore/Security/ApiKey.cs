using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Keys for programs: 256 random bits, of which the server keeps a salted SHA-256. A slow hash protects passwords, which can be guessed; nobody guesses
/// 256 random bits, and the server hashes a key at every request.
/// </summary>
public static class ApiKey
{
    private const string Prefix = "parley_";
    private const string Scheme = "sha256";
    private const int SecretBytes = 32;
    private const int SaltBytes = 16;

    // A key of ours is 50 letters long; whatever is longer need not be hashed.
    internal const int MaxLength = 128;

    /// <summary>A new key. Letters, digits, hyphens and underscores, so that it fits in a header and in a WebSocket's subprotocol.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What a server keeps of a key: <c>sha256:SALT:HASH</c>, with a new salt each time.</summary>
    public static string Hash(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Scheme}:{Base64Url.EncodeToString(salt)}:{Base64Url.EncodeToString(Digest(salt, Encoding.UTF8.GetBytes(key)))}";
    }

    internal static byte[] Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> key)
    {
        Span<byte> salted = stackalloc byte[SaltBytes + MaxLength * 3];
        if (salt.Length + key.Length > salted.Length) salted = new byte[salt.Length + key.Length];
        salt.CopyTo(salted);
        key.CopyTo(salted[salt.Length..]);
        return SHA256.HashData(salted[..(salt.Length + key.Length)]);
    }

    internal static bool TryParseHash(string? text, [NotNullWhen(true)] out byte[]? salt, [NotNullWhen(true)] out byte[]? digest)
    {
        (salt, digest) = (null, null);
        if (text?.Split(':') is not [Scheme, var saltText, var digestText]) return false;
        try
        {
            (salt, digest) = (Base64Url.DecodeFromChars(saltText), Base64Url.DecodeFromChars(digestText));
        }
        catch (FormatException)
        {
            return false;
        }

        return salt.Length == SaltBytes && digest.Length == SHA256.HashSizeInBytes;
    }
}
