using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Parley.AspNetCore.Security;

/// <summary>
/// An issuer's public keys in a file. While its text stays the same, so do the key objects, which cache what verifying costs.
/// </summary>
internal sealed class KeySetFile(string path, string issuer)
{
    private string? _text;
    private OpenIdConnectConfiguration? _keys;

    /// <summary>Reads the file. One call at a time.</summary>
    /// <exception cref="FormatException">It has no usable keys.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync()
    {
        var text = await File.ReadAllTextAsync(path);
        if (_keys is { } known && text == _text) return known;
        var keys = new OpenIdConnectConfiguration { Issuer = issuer };
        foreach (var key in SigningKeys.OfSet(text)) keys.SigningKeys.Add(key);
        (_text, _keys) = (text, keys);
        return keys;
    }
}
