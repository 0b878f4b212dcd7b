namespace Parley.Asr;

/// <summary>
/// Knows texts that come again just as they were, with their key and times, in whatever connection: finals, and interims of them. Not
/// within one message. Bounded: the oldest are forgotten.
/// </summary>
internal sealed class SaidCopies(int capacity)
{
    private readonly RecentSet<ulong> _prints = new(capacity);
    private readonly List<ulong> _ofMessage = [];
    private readonly Dictionary<ulong, SaidText> _byStart = [];
    private readonly Queue<ulong> _starts = new();

    /// <summary>Another message begins.</summary>
    public void Next()
    {
        foreach (var known in _ofMessage) _prints.Add(known);
        _ofMessage.Clear();
    }

    public bool Contains(in FinalText text) => PrintOf(text) is { } print && _prints.Contains(print);

    /// <summary>The text that had a key and a start; null where none had.</summary>
    public SaidText? Find(in AsrUpdate update) => StartOf(update) is { } print && _byStart.TryGetValue(print, out var said) ? said : null;

    public void Add(in FinalText text)
    {
        if (PrintOf(text) is { } print) _ofMessage.Add(print);
    }

    public void Add(in AsrUpdate update, SaidText said)
    {
        if (StartOf(update) is not { } print) return;
        if (!_byStart.TryAdd(print, said))
        {
            _byStart[print] = said;
            return;
        }

        _starts.Enqueue(print);
        if (_starts.Count > capacity) _byStart.Remove(_starts.Dequeue());
    }

    private static ulong? StartOf(in AsrUpdate update) =>
        update is { Key: { } key, Start: { } start } ? Mix(SpokenText.HashWord(key) + (ulong)key.Length, Millis(start)) : null;

    private static ulong? PrintOf(in FinalText text) =>
        !text.IsEmpty && text.Update.End is { } end && StartOf(text.Update) is { } start ? Mix(Mix(start, Millis(end)), text.Hash()) : null;

    private static ulong Millis(double seconds) => (ulong)BitConverter.DoubleToInt64Bits(Math.Round(seconds, 3));

    private static ulong Mix(ulong print, ulong value) => (print ^ value ^ (value >> 32)) * 0x9E3779B97F4A7C15;
}
