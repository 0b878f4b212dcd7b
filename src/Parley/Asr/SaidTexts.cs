namespace Parley.Asr;

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

    /// <summary>More was said before than is known: what ends before this and has no known key is too late.</summary>
    public void ForgetUntil(double end) => ForgottenUntil = Math.Max(ForgottenUntil, end);

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
