namespace Parley.Asr;

/// <summary>What one message says about one piece of text, in the recogniser's own clock.</summary>
public readonly record struct AsrUpdate
{
    /// <summary>
    /// What the recogniser knows this text by, unique within one connection. Null: it has no identity, and a repeat cannot be told.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The audio channel it was heard on; null for the only one.</summary>
    public string? Channel { get; init; }

    /// <summary>Where it starts, in seconds since the connection began; null where the recogniser does not say.</summary>
    public double? Start { get; init; }

    /// <summary>Where it ends, in seconds since the connection began; null where the recogniser does not say.</summary>
    public double? End { get; init; }

    /// <summary>The text as it is to be shown; null when it is the join of its words.</summary>
    public string? Text { get; init; }

    /// <summary>Who said it; null where the recogniser does not say.</summary>
    public string? SpeakerId { get; init; }

    /// <summary>How it relates to what came before. Default <see cref="AsrDelivery.Replace"/>.</summary>
    public AsrDelivery Delivery { get; init; }

    /// <summary>
    /// Whether the recogniser may say final words again under another key: a word that starts where one of its channel was said is then
    /// that word again.
    /// </summary>
    public bool MayRestate { get; init; }

    /// <summary>Whether the recogniser will not change it any more.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether the recogniser says that its speaker has ended the turn with it.</summary>
    public bool EndOfTurn { get; init; }
}
