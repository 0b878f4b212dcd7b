using System.Globalization;

namespace Parley.Asr;

/// <summary>One way to name the speakers that vendors number, with the channel in front where there is more than one.</summary>
internal static class SpeakerNames
{
    private static readonly string[] Known = [.. Enumerable.Range(0, 16).Select(number => $"spk_{number}")];

    public static string Numbered(long number) =>
        number >= 0 && number < Known.Length ? Known[number] : string.Create(CultureInfo.InvariantCulture, $"spk_{number}");

    /// <summary>The name of a label that may be a bare number.</summary>
    public static string? Labelled(string? label) =>
        string.IsNullOrEmpty(label) ? null : long.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Numbered(number) : label;

    public static string? OnChannel(string? channel, string? speaker) =>
        channel is null ? speaker : speaker is null ? channel : $"{channel}:{speaker}";
}
