using System.Security.Cryptography;
using System.Text;

namespace Parley.AspNetCore.Security;

/// <summary>The keys that are let in. How long a look takes says nothing about them: all are compared, each in constant time.</summary>
internal sealed class KeyRing(IEnumerable<ApiKeyOptions> keys)
{
    private readonly Entry[] _entries = [.. keys.Select(Entry.Of)];

    /// <summary>Returns the settings of a key; null if it is not among them.</summary>
    public ApiKeyOptions? Find(string key)
    {
        if (key.Length > ApiKey.MaxLength) return null;
        var given = Encoding.UTF8.GetBytes(key);
        ApiKeyOptions? found = null;
        foreach (var entry in _entries)
        {
            var isThis = CryptographicOperations.FixedTimeEquals(ApiKey.Digest(entry.Salt, given), entry.Digest);
            found = isThis ? entry.Key : found;
        }

        return found;
    }

    private sealed record Entry(byte[] Salt, byte[] Digest, ApiKeyOptions Key)
    {
        public static Entry Of(ApiKeyOptions key) =>
            ApiKey.TryParseHash(key.Hash, out var salt, out var digest)
                ? new(salt, digest, key)
                : throw new ArgumentException($"The key {key.Name} has no hash.");
    }
}
