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

    /// <summary>Of the vendor's whole text.</summary>
    public ulong Hash { get; set; }

    /// <summary>Who said each of its parts, as told outside.</summary>
    public List<string?> Speakers { get; } = new(1);
}

/// <summary>
/// Remembers what was said, to know a repeat by its identity: by key within a connection, and across connections by key, times and text together.
/// Bounded: the oldest are forgotten.
/// </summary>
internal sealed class SaidTexts(int capacity)
{
    private readonly Dictionary<string, SaidText> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<SaidText> _order = new();
    private readonly RecentSet<ulong> _prints = new(capacity * 2);

    private readonly RecentSet<ulong> _words = new(capacity * 2);

    public long Forgotten { get; private set; }

    /// <summary>The latest end of what was forgotten, in the connection's clock.</summary>
    public double ForgottenUntil { get; private set; } = double.NegativeInfinity;

    public SaidText? Find(string? key) => key is not null && _byKey.TryGetValue(key, out var said) ? said : null;

    public void Add(SaidText said)
    {
        if (!_byKey.TryAdd(said.Key, said)) return;
        _order.Enqueue(said);
        if (_order.Count <= capacity) return;

        var oldest = _order.Dequeue();
        _byKey.Remove(oldest.Key);
        Forgotten++;
        ForgottenUntil = Math.Max(ForgottenUntil, oldest.End);
    }

    public bool Has(ulong print) => _prints.Contains(print);

    public void AddPrint(ulong print)
    {
        if (print != 0) _prints.Add(print);
    }

    public void AddWords(string? channel, ReadOnlySpan<AsrWord> words)
    {
        foreach (ref readonly var word in words) _words.Add(TextPrint.OfWord(channel, word));
    }

    /// <summary>
    /// Whether words were said at just these times: a straggler of an earlier connection that restates. One word may be chance, two are not.
    /// </summary>
    public bool HasWords(string? channel, ReadOnlySpan<AsrWord> words)
    {
        var known = 0;
        foreach (ref readonly var word in words)
        {
            if (HasWord(channel, word) && ++known == 2) return true;
        }

        return false;
    }

    public bool HasWord(string? channel, in AsrWord word) => _words.Contains(TextPrint.OfWord(channel, word));

    public void NewConnection()
    {
        _byKey.Clear();
        _order.Clear();
        ForgottenUntil = double.NegativeInfinity;
    }
}
