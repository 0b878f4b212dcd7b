namespace Parley.AspNetCore.Security;

/// <summary>A key that is let in. <c>parley key new</c> makes one, and prints this configuration of it.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The key's hash, as <see cref="ApiKey.Hash(string)"/> gives it. The key itself is kept by whoever uses it. Required.</summary>
    public string Hash { get; set; } = "";

    /// <summary>
    /// What limits are counted by: 1 to 64 letters, digits, hyphens, underscores and dots. Two keys of one name and tenant are one client, so that a key
    /// can be replaced while the old one still works. Required.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>Whose streams it sees, and no others: written as <see cref="Name"/>. Default null: the streams without a tenant.</summary>
    public string? Tenant { get; set; }
}
