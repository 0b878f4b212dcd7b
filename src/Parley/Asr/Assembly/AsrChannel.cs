namespace Parley.Asr;

/// <summary>What is remembered of one audio channel within a connection.</summary>
internal sealed class AsrChannel(string? name, int maxWords)
{
    private const int MaxStrays = 256;

    public string? Name { get; } = name;

    /// <summary>What was said, at times that are believed.</summary>
    public SaidWords Words { get; set; } = new(maxWords);

    /// <summary>What was said at times that fitted nothing.</summary>
    public SaidWords Strays { get; } = new(MaxStrays);

    /// <summary>The last text of those.</summary>
    public SaidText? LastStray { get; set; }

    public ChannelClock Clock { get; } = new();

    /// <summary>Open text that was committed before the recogniser called it final, and that the next final may have.</summary>
    public EarlyText? Early { get; set; }

    /// <summary>The latest final texts.</summary>
    public RecentSet<string> Finals { get; } = new(16);

    /// <summary>Where what was said ends, in the stream's clock.</summary>
    public double Newest { get; set; } = double.NegativeInfinity;

    public string? LastSpeaker { get; set; }

    public bool TurnIsOpen { get; set; }

    /// <summary>How many interims in a row fitted nothing.</summary>
    public int StrayInterims { get; set; }
}
