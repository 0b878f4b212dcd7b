namespace Parley.Asr;

/// <summary>The connections of a stream: the current one, and a few before it that a straggler may still come from.</summary>
/// <param name="format">Whether keys outlive connections.</param>
/// <param name="config">How much is remembered.</param>
internal sealed class StreamConnections(IAsrFormat format, AsrConfig config)
{
    private const int MaxEarlier = 3;
    private const int WordsOfKey = 2;

    private readonly List<AsrConnection> _earlier = [];
    private long _forgotten;

    public AsrConnection Current { get; private set; } = new(0, 0, new(config.MaxKeys), config.MaxKeys * WordsOfKey);

    /// <summary>Those before it, oldest first.</summary>
    public IReadOnlyList<AsrConnection> Earlier => _earlier;

    /// <summary>Finals as they came, whatever their connection.</summary>
    public SaidCopies Copies { get; } = new(config.MaxKeys * 2);

    /// <summary>The latest time heard of, in the stream's clock.</summary>
    public double Newest { get; private set; }

    /// <summary>Where times that are dates are counted from; null where times are none.</summary>
    public double? Epoch { get; set; }

    /// <summary>Whether anything was heard in the current connection.</summary>
    public bool IsHeard { get; set; }

    /// <summary>Whether times were heard in the stream.</summary>
    public bool HasTimes { get; set; }

    public long Forgotten => _forgotten + Current.Texts.Forgotten;

    public void Heard(double streamEnd) => Newest = Math.Max(Newest, streamEnd);

    /// <summary>Goes on with a connection that began before.</summary>
    public void Resume(int number, double offset)
    {
        Current = new(number, offset, new(config.MaxKeys), config.MaxKeys * WordsOfKey);
        Newest = Math.Max(0, offset);
        IsHeard = true;
    }

    public AsrConnection Open(double offset)
    {
        _earlier.Add(Current);
        if (_earlier.Count > MaxEarlier) _earlier.RemoveAt(0);
        var texts = format.KeysOutliveConnections ? Current.Texts : new SaidTexts(config.MaxKeys);
        if (!format.KeysOutliveConnections) _forgotten += Current.Texts.Forgotten;
        Current = new(Current.Number + 1, offset, texts, config.MaxKeys * WordsOfKey);
        IsHeard = false;
        return Current;
    }

    public AsrConnection? FindEarlier(string id) => _earlier.FindLast(known => string.Equals(known.Id, id, StringComparison.Ordinal));
}
