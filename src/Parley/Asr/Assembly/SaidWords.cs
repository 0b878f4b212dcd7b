using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>The words that were said on one channel of one connection, in order of time. Bounded: the oldest are forgotten.</summary>
internal sealed class SaidWords(int capacity)
{
    private readonly List<SaidWord> _words = [];

    public int Count => _words.Count;

    public ref readonly SaidWord this[int index] => ref CollectionsMarshal.AsSpan(_words)[index];

    /// <summary>Where the last of them starts.</summary>
    public double NewestStart => _words.Count > 0 ? _words[^1].Heard.Start : double.NegativeInfinity;

    /// <summary>The number of the last message that said some of them.</summary>
    public long LastMessage { get; private set; } = -1;

    /// <summary>Up to where words were forgotten.</summary>
    public double ForgottenUntil { get; private set; } = double.NegativeInfinity;

    public void Add(in SaidWord word)
    {
        LastMessage = Math.Max(LastMessage, word.Message);
        var at = _words.Count;
        while (at > 0 && _words[at - 1].Heard.Start > word.Heard.Start) at--;
        _words.Insert(at, word);
        if (_words.Count <= capacity) return;
        // Many at once, so that the list is not moved for each.
        var gone = Math.Max(1, capacity / 8);
        ForgetUntil(_words[gone - 1].Heard.Start);
        _words.RemoveRange(0, gone);
    }

    /// <summary>More was said before than is known.</summary>
    public void ForgetUntil(double start) => ForgottenUntil = Math.Max(ForgottenUntil, start);

    /// <summary>The first word that starts at a time or later.</summary>
    public int From(double start)
    {
        var (low, high) = (0, _words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[middle].Heard.Start < start) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
