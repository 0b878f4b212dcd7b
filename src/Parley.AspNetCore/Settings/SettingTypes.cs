using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Settings;

/// <summary>
/// Tells which settings are not of their kind, such as a word where a number belongs, before they are bound: the binder stops at the first,
/// and its message names a type of the runtime.
/// </summary>
internal static class SettingTypes
{
    /// <summary>Checks a section before it is bound to the options. To be called before <c>Bind</c>.</summary>
    /// <typeparam name="TOptions">The class that the section is bound to.</typeparam>
    /// <param name="options">The options.</param>
    /// <param name="section">The section.</param>
    public static OptionsBuilder<TOptions> CheckTypes<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        this OptionsBuilder<TOptions> options, IConfiguration section)
        where TOptions : class => options.Configure(_ => Check<TOptions>(section, options.Name));

    /// <summary>Checks a section that is bound to a class.</summary>
    /// <typeparam name="TSettings">The class.</typeparam>
    /// <param name="section">The section.</param>
    /// <param name="name">The name of the options; null for the default.</param>
    /// <exception cref="OptionsValidationException">Some settings are not of their kind. Each is named.</exception>
    public static void Check<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TSettings>(
        IConfiguration section, string? name = null)
    {
        string[] problems = [.. typeof(TSettings).GetProperties().Select(property => Problem(property, section)).OfType<string>()];
        if (problems.Length > 0) throw new OptionsValidationException(name ?? Options.DefaultName, typeof(TSettings), problems);
    }

    private static string? Problem(PropertyInfo property, IConfiguration section)
    {
        var setting = section.GetSection(property.Name);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (string.IsNullOrEmpty(setting.Value) || !(type.IsPrimitive || type.IsEnum || type == typeof(decimal))) return null;
        return IsOf(type, setting.Value) ? null : $"{setting.Path} must be {Allowed(property, type)}; it is {setting.Value}.";
    }

    private static bool IsOf(Type type, string text) =>
        type.IsEnum ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
        : type == typeof(bool) ? bool.TryParse(text, out _)
        : type == typeof(double) ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        : type == typeof(decimal) ? decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        : type == typeof(int) ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
        : type != typeof(long) || long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);

    private static string Allowed(PropertyInfo property, Type type) =>
        type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : property.GetCustomAttribute<SettingRangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{Kind(type)} from {range.Minimum} to {range.Maximum}")
        : Kind(type);

    private static string Kind(Type type) => type == typeof(int) || type == typeof(long) ? "a whole number" : "a number";
}
