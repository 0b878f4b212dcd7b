namespace Parley.Asr;

/// <summary>Open text. Times are the stream's.</summary>
internal sealed class Hypothesis(string? key, string? channel)
{
    public string? Key { get; } = key;

    public string? Channel { get; } = channel;

    public AsrUpdate Update { get; set; }

    public string Text { get; set; } = "";

    public double Start { get; set; }

    public double End { get; set; }

    public string? SpeakerId { get; set; }

    /// <summary>Its final text has come, and waits for what is to be said before; the words of that text.</summary>
    public AsrWord[]? Waiting { get; set; }

    /// <summary>Its text is final, but its last word may go on.</summary>
    public bool IsConfirmed { get; set; }
}

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
