using Parley.Protocol;

namespace Parley.Asr;

/// <summary>What one message says about one piece of text, in the recogniser's own clock.</summary>
public readonly record struct AsrUpdate
{
    /// <summary>
    /// What the recogniser knows this text by: it joins interims to their final, and tells a repeat where
    /// <see cref="IAsrFormat.KeysAreUnique"/> says so. Null: nothing.
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

    /// <summary>How sure the recogniser is of it, from 0 to 1; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The language as the recogniser names it; null where it does not say.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Gets words with their times that are kept beside the text, and that no rule looks at. Those that rules look at are added with
    /// <see cref="AsrUpdates.AddWord"/>.
    /// </summary>
    internal IReadOnlyList<TimedWord>? Words { get; init; }

    /// <summary>Whether the recogniser will not change it any more.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether the recogniser says that its speaker has ended the turn with it.</summary>
    public bool EndOfTurn { get; init; }
}
