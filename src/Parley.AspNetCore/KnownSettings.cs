using System.Diagnostics.CodeAnalysis;

namespace Parley.AspNetCore;

/// <summary>
/// A section below <c>Parley</c> that the program around the server reads, so that its names are not taken for misspelt ones.
/// </summary>
/// <param name="Section">The section's name.</param>
/// <param name="Names">The settings in it.</param>
internal sealed record KnownSettings(string Section, string[] Names)
{
    /// <summary>Returns the section whose settings are the properties of a class.</summary>
    public static KnownSettings Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string section) =>
        new(section, [.. typeof(T).GetProperties().Select(property => property.Name)]);
}
