namespace Parley.Asr;

/// <summary>The texts of one connection by their keys. Bounded: the oldest are forgotten.</summary>
internal sealed class SaidTexts(int capacity)
{
    private readonly Dictionary<string, SaidText> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public long Forgotten { get; private set; }

    /// <summary>Up to where texts were forgotten, in the connection's clock.</summary>
    public double ForgottenUntil { get; private set; } = double.NegativeInfinity;

    /// <summary>More was said before than is known.</summary>
    public void ForgetUntil(double end) => ForgottenUntil = Math.Max(ForgottenUntil, end);

    public SaidText? Find(string? key) => key is not null && _byKey.TryGetValue(key, out var said) ? said : null;

    /// <summary>Remembers a text under its key, and another that had it no more.</summary>
    public void Add(SaidText said)
    {
        if (said.Key is not { } key) return;
        if (_byKey.TryGetValue(key, out var before))
        {
            said.Generation = before.Parts.Count > 0 ? before.Generation + 1 : before.Generation;
            _byKey[key] = said;
            return;
        }

        _byKey.Add(key, said);
        _order.Enqueue(key);
        if (_order.Count <= capacity) return;
        _byKey.Remove(_order.Dequeue(), out var oldest);
        ForgetUntil(oldest?.End ?? double.NegativeInfinity);
        Forgotten++;
    }
}
