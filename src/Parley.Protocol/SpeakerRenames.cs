namespace Parley.Protocol;

/// <summary>The names that speakers were given, applied to what they said and to what they say later.</summary>
/// <remarks>What it keeps grows with the number of speakers that were given a name, not with how often.</remarks>
internal sealed class SpeakerRenames
{
    // A dictionary has no null key.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private string? _unnamed;

    /// <summary>Creates an empty list, or one of what <see cref="All"/> had.</summary>
    public SpeakerRenames(IEnumerable<SpeakerRename>? all = null)
    {
        foreach (var (from, to) in all ?? []) Set(from, to);
    }

    /// <summary>Gets what each speaker that was given a name is called now, in the order of the speakers.</summary>
    public IReadOnlyList<SpeakerRename> All =>
    [
        .. _unnamed is null ? Array.Empty<SpeakerRename>() : [new(null, _unnamed)],
        .. _names.OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => new SpeakerRename(name.Key, name.Value)),
    ];

    /// <summary>Gets how many speakers were given a name. The one without a name is not counted.</summary>
    public int Count => _names.Count;

    /// <summary>Returns whether a speaker was given a name.</summary>
    public bool Has(string speaker) => _names.ContainsKey(speaker);

    public void Add(string? from, string to)
    {
        foreach (var speaker in _names.Where(name => name.Value == from).Select(name => name.Key).ToList()) _names[speaker] = to;
        if (_unnamed == from) _unnamed = to;
        if (from is not null) _names.TryAdd(from, to);
    }

    public string? Of(string? speaker) => speaker is null ? _unnamed : _names.GetValueOrDefault(speaker, speaker);

    public SegmentText Of(SegmentText text) =>
        _names.Count == 0 && _unnamed is null ? text : text with { SpeakerId = Of(text.SpeakerId) };

    private void Set(string? from, string to)
    {
        if (from is null) _unnamed = to;
        else _names[from] = to;
    }
}

/// <summary>What a speaker is called now.</summary>
/// <param name="From">The speaker; null for the one without a name.</param>
/// <param name="To">The name.</param>
internal readonly record struct SpeakerRename(string? From, string To);
