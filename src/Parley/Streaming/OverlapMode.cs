namespace Parley.Streaming;

/// <summary>What to do with a chunk that starts before the open segment ends.</summary>
public enum OverlapMode
{
    /// <summary>Refuse it, as the contract says. One segment is open at a time.</summary>
    Reject,

    /// <summary>Keep every word: each speaker has a segment of their own while people talk over each other.</summary>
    Lanes,
}
