using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>One way to name the speakers that vendors number, with the channel in front where there is more than one.</summary>
internal static class SpeakerNames
{
    private static readonly string[] Known = [.. Enumerable.Range(0, 16).Select(number => $"spk_{number}")];

    // What vendors write while they do not know who it is.
    private static readonly string[] Placeholders = ["unknown", "unidentified", "uu", "undefined"];

    public static string Numbered(long number) =>
        number >= 0 && number < Known.Length ? Known[number] : string.Create(CultureInfo.InvariantCulture, $"spk_{number}");

    /// <summary>A label, unless it stands for nobody.</summary>
    public static string? Named(string? label) =>
        string.IsNullOrWhiteSpace(label) || Placeholders.Contains(label, StringComparer.OrdinalIgnoreCase) ? null : label;

    /// <summary>The name of a label that may be a bare number.</summary>
    public static string? Labelled(string? label) =>
        Named(label) is { } name && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Numbered(number)
            : Named(label);

    /// <summary>The speaker in a field: text, a number, or an object with a label or an id.</summary>
    public static string? In(JsonElement parent, string name) => Named(parent.IsObject(name) && parent.Object(name) is { } who
        ? who.Label("label") ?? who.Label("id") ?? who.Label("name")
        : parent.Label(name));

    public static string? OnChannel(string? channel, string? speaker) =>
        channel is null ? speaker : speaker is null ? channel : $"{channel}:{speaker}";
}
