namespace Parley.Tests.Asr.Disturbed;

/// <summary>What a vendor's messages have, and what may happen to them.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Write">Writes a report as it does.</param>
internal sealed record Vendor(string Format, Func<Report, IEnumerable<string>> Write)
{
    /// <summary>Whether its finals tell the times of words.</summary>
    public bool HasWordTimes { get; init; }

    /// <summary>Whether its interims have a message.</summary>
    public bool HasInterims { get; init; } = true;

    /// <summary>Whether an interim has only what is new.</summary>
    public bool AppendsInterims { get; init; }

    /// <summary>Whether a key tells a repeat.</summary>
    public bool HasKeys { get; init; }

    /// <summary>Whether windows overlap.</summary>
    public bool Overlaps { get; init; }

    /// <summary>Whether a final may say the words of its turn again.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>Whether it tells channels apart.</summary>
    public bool HasChannels { get; init; }

    /// <summary>Whether its clock may start anew.</summary>
    public bool Restarts { get; init; } = true;

    /// <summary>Whether every message has the last segments again, so that a repeat of one is nothing to record.</summary>
    public bool RepeatsSegments { get; init; }

    /// <summary>Whether an empty final takes an interim back.</summary>
    public bool Withdraws { get; init; } = true;

    public override string ToString() => Format;
}
