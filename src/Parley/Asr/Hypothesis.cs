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

    /// <summary>The first message that its text cannot be put together again without; null where the next one has all of it.</summary>
    public long? NeededFrom { get; set; }

    /// <summary>Its text is final, but its last word may go on.</summary>
    public bool IsConfirmed { get; set; }
}
