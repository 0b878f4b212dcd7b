using Spectre.Console;

namespace Parley.Cli.Display;

/// <summary>A colour for each speaker, in the order they are first heard; then again from the first.</summary>
internal sealed class SpeakerStyles
{
    private static readonly Color[] Colors = [Color.Aqua, Color.Yellow, Color.Fuchsia, Color.Lime, Color.Orange1, Color.SteelBlue1, Color.Pink1, Color.SpringGreen2];

    private readonly Dictionary<string, Style> _styles = [];

    public Style Of(string speaker)
    {
        if (!_styles.TryGetValue(speaker, out var style)) _styles[speaker] = style = new Style(Colors[_styles.Count % Colors.Length]);
        return style;
    }
}
