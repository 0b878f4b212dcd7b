using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Parley.AspNetCore.Settings;

/// <summary>
/// The range of a setting. Unlike that of <see cref="RangeAttribute"/>, its message names the setting's key and the value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingRangeAttribute(double least, double most) : RangeAttribute(least, most)
{
    // NaN compares as less than every number, and is refused.
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => IsValid(value)
        ? ValidationResult.Success
        : new(string.Create(
            CultureInfo.InvariantCulture,
            $"{SettingsSectionAttribute.KeyOf(validationContext)} must be from {Minimum} to {Maximum}; it is {value}."));
}

/// <summary>The configuration section of an options class, such as <c>Parley:Limits</c>.</summary>
/// <param name="path">The section. A part in braces stands for the name of named options.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SettingsSectionAttribute(string path) : Attribute
{
    /// <summary>Returns the key of the setting that is being validated.</summary>
    public static string KeyOf(ValidationContext setting)
    {
        // A generated validator displays a setting as Type.Member, and one of named options as Name.Member.
        var name = setting.DisplayName[..^(setting.MemberName!.Length + 1)];
        return $"{setting.ObjectType.GetCustomAttribute<SettingsSectionAttribute>()!.In(name)}:{setting.MemberName}";
    }

    private string In(string name) => path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? path[..at] + name : path;
}
