using System.Globalization;

namespace Parley.Asr;

/// <summary>One connection of the recogniser, with a clock and keys of its own.</summary>
/// <param name="number">Its number, from 0.</param>
/// <param name="offset">Where it began, in seconds of the stream.</param>
/// <param name="texts">The texts that were said in it.</param>
/// <param name="maxWords">How many words of a channel are remembered.</param>
internal sealed class AsrConnection(int number, double offset, SaidTexts texts, int maxWords)
{
    private const int MaxChannels = 64;

    private readonly List<AsrChannel> _channels = [];

    public int Number { get; } = number;

    public double Offset { get; } = offset;

    public SaidTexts Texts { get; } = texts;

    /// <summary>The id that its messages carry; null where they carry none.</summary>
    public string? Id { get; set; }

    public IReadOnlyList<AsrChannel> Channels => _channels;

    public AsrChannel Channel(string? name)
    {
        foreach (var known in _channels)
        {
            if (string.Equals(known.Name, name, StringComparison.Ordinal)) return known;
        }

        if (_channels.Count == MaxChannels) _channels.RemoveAt(0);
        var channel = new AsrChannel(name, maxWords);
        _channels.Add(channel);
        return channel;
    }

    /// <summary>What the part of a text is known by outside.</summary>
    public string? OutputKey(SaidText? said, int part)
    {
        if (said?.Key is not { } key || (Number == 0 && part == 0 && said.Generation == 0)) return said?.Key;
        var connection = Number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Number}:");
        var generation = said.Generation == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{said.Generation}");
        var split = part == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{part}");
        return $"{connection}{key}{generation}{split}";
    }
}
