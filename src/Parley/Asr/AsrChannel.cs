namespace Parley.Asr;

/// <summary>What is remembered of one audio channel within a connection.</summary>
internal sealed class AsrChannel(string? name)
{
    public string? Name { get; } = name;

    public SaidStarts Said { get; } = new();

    /// <summary>The latest end of what was said, in the connection's clock.</summary>
    public double SaidUntil { get; set; } = double.NegativeInfinity;

    /// <summary>Words of its open text that were committed before the recogniser called them final.</summary>
    public int UnclaimedWords { get; set; }

    public string? LastSpeaker { get; set; }

    public bool TurnIsOpen { get; set; }
}
