using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>
/// The clauses of speech without punctuation: people go on with "and", "so", "but". A short text is one clause. For
/// <c>foreach</c>; nothing is allocated.
/// </summary>
internal ref struct Clauses(ReadOnlySpan<char> text)
{
    // Chosen on the training half, its utterances joined to segments of one speaker.
    private const int MinWords = 10;

    private static readonly FrozenSet<ulong> Openers =
        new[] { "so", "and", "but", "okay", "well", "now" }.Select(word => WordReader.HashOf(word)).ToFrozenSet();

    private readonly ReadOnlySpan<char> _text = text;
    private WordReader _reader = new(text);
    private int _next;

    public Range Current { get; private set; }

    public readonly Clauses GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next >= _text.Length) return false;
        var start = _next;
        _next = _text.Length;
        // The opener that ended the last clause has been read: it is the first word of this one.
        for (var words = start == 0 ? 0 : 1; _reader.MoveNext(); words++)
        {
            if (words < MinWords || !Openers.Contains(_reader.Hash)) continue;
            _next = _reader.Start;
            break;
        }

        Current = start.._next;
        return true;
    }
}
