using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Parley.AspNetCore;

/// <summary>The range of a setting. Beyond <see cref="RangeAttribute"/>, its message names the setting's key and the value.</summary>
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
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SettingsSectionAttribute(string path) : Attribute
{
    public string Path => path;

    /// <summary>Returns the key of the setting that is being validated.</summary>
    public static string KeyOf(ValidationContext setting) =>
        $"{setting.ObjectType.GetCustomAttribute<SettingsSectionAttribute>()!.Path}:{setting.MemberName}";
}
