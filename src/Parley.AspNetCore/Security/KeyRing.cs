using System.Security.Cryptography;
using System.Text;

namespace Parley.AspNetCore.Security;

/// <summary>The keys that are let in. How long a look takes says nothing about them: all are compared, each in constant time.</summary>
internal sealed class KeyRing(IEnumerable<ApiKeyOptions> keys)
{
    private readonly Entry[] _entries = [.. keys.Select(Entry.Of)];

    /// <summary>Whose key this is; null if it is nobody's.</summary>
    public Caller? Find(string key)
    {
        if (key.Length > ApiKey.MaxLength) return null;
        var given = Encoding.UTF8.GetBytes(key);
        Caller? found = null;
        foreach (var entry in _entries)
        {
            var isThis = CryptographicOperations.FixedTimeEquals(ApiKey.Digest(entry.Salt, given), entry.Digest);
            found = isThis ? entry.Caller : found;
        }

        return found;
    }

    private sealed record Entry(byte[] Salt, byte[] Digest, Caller Caller)
    {
        public static Entry Of(ApiKeyOptions key) =>
            ApiKey.TryParseHash(key.Hash, out var salt, out var digest)
                ? new(salt, digest, new Caller($"key:{key.Tenant}/{key.Name}", key.Tenant))
                : throw new ArgumentException($"The key {key.Name} has no hash.");
    }
}
