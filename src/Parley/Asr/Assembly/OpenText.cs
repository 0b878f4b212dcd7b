namespace Parley.Asr;

/// <summary>Text that may still change, or that waits to be said. Times are the stream's.</summary>
internal sealed class OpenText(string? key, string? channel)
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

    /// <summary>
    /// The first piece of final text that it is put together from, whose last word may go on; null where it is not final.
    /// </summary>
    public SaidText? Confirmed { get; set; }

    /// <summary>Whether an update is of another text: both have times, and no moment in common.</summary>
    public bool IsApartFrom(in AsrUpdate update) =>
        Update.Start is { } start && update.Start is { } other
        && (other >= (Update.End ?? start) || start >= (update.End ?? other)) && Math.Abs(start - other) > ToleranceSec;

    private const double ToleranceSec = 0.25;
}
