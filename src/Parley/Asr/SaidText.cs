namespace Parley.Asr;

/// <summary>What is known of final text under one key.</summary>
internal sealed class SaidText(string key, double? start, double end)
{
    public string Key { get; } = key;

    public double? Start { get; } = start;

    public double End { get; } = end;

    /// <summary>How many words were said under it.</summary>
    public int Words { get; set; }

    /// <summary>The start of its last word, where words have times.</summary>
    public double? LastStart { get; set; }

    /// <summary>The first word of what was committed before the recogniser called it final, and not by time.</summary>
    public string? FirstWord { get; set; }

    /// <summary>Whether it was committed before the recogniser called it final.</summary>
    public bool IsProvisional { get; set; }

    /// <summary>Whether it is known from the log, which has no <see cref="Hash"/> of it.</summary>
    public bool IsRecalled { get; set; }

    /// <summary>Of the vendor's whole text.</summary>
    public ulong Hash { get; set; }

    /// <summary>Who said each of its parts, as told outside.</summary>
    public List<string?> Speakers { get; } = new(1);

    /// <summary>Whether an update has just its times.</summary>
    public bool IsAt(in AsrUpdate update) => update.Start == Start && update.End == End;
}
