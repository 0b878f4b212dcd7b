using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Parley.AspNetCore;
using Parley.Tests.Support;

namespace Parley.Tests.Architecture;

/// <summary>Ranges and defaults are written once, on the options; docs/operations.md says the same.</summary>
public class SettingsDocumentTests
{
    private static readonly string[] Rows =
        [.. File.ReadLines(Repository.At("docs", "operations.md")).Where(line => line.StartsWith("| `Parley:", StringComparison.Ordinal))];

    [Fact]
    public void Every_range_and_default_is_in_the_table_of_settings()
    {
        var settings = Ranges().ToList();
        Assert.True(settings.Count > 20, "The options have lost their ranges.");
        Assert.All(settings, setting =>
        {
            var row = Assert.Single(Rows, row => row.StartsWith($"| `{setting.Key}` |", StringComparison.Ordinal));
            var range = $"{Number(setting.Range.Minimum)} to {Number(setting.Range.Maximum)}";
            Assert.Contains($"| {setting.Default} | {range} |", row, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<(string Key, RangeAttribute Range, string Default)> Ranges() =>
        from type in typeof(ParleyOptions).Assembly.GetTypes()
        from property in type.GetProperties()
        let range = property.GetCustomAttribute<RangeAttribute>()
        where range is not null
        let standard = property.GetValue(Activator.CreateInstance(type))
        select ($"{SectionOf(type)}:{property.Name}", range, standard is null ? "none" : Number(standard));

    // The attribute is internal to the server.
    private static object? SectionOf(Type type) =>
        type.GetCustomAttributesData().Single(data => data.AttributeType.Name == "SettingsSectionAttribute").ConstructorArguments[0].Value;

    private static string Number(object value) =>
        Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString("#,0.###", CultureInfo.InvariantCulture);
}
