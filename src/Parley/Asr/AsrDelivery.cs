namespace Parley.Asr;

/// <summary>How an update's text relates to what its recogniser sent before.</summary>
public enum AsrDelivery
{
    /// <summary>The newest text of its key replaces the older one.</summary>
    Replace,

    /// <summary>
    /// A suffix: not final, of its key's text; final, of all that its channel said, and perhaps of the last word.
    /// </summary>
    Append,

    /// <summary>The only open text of its channel, whatever its key.</summary>
    Snapshot,
}
