using System.Buffers;

namespace Parley.Semantics;

/// <summary>The sentences of a text, by its marks: a text without any is one. For <c>foreach</c>; nothing is allocated.</summary>
internal ref struct Sentences(string text)
{
    /// <summary>What asks, in the scripts of the world.</summary>
    public static readonly SearchValues<char> QuestionMarks = SearchValues.Create("?\uFF1F\u061F\u037E\u055E\u1367\u2047\u2048\u2049");

    /// <summary>What ends a sentence.</summary>
    public static readonly SearchValues<char> Marks = SearchValues.Create(".!?\u2026\u3002\uFF01\uFF0E\uFF1F\u061F\u06D4\u037E\u055E\u0964\u1362\u1367\u2047\u2048\u2049");

    private readonly string _text = text;
    private int _next;

    public Range Current { get; private set; }

    public readonly Sentences GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next >= _text.Length) return false;
        var start = _next;
        for (var i = start; ;)
        {
            var mark = _text.AsSpan(i).IndexOfAny(Marks);
            i = mark < 0 ? _text.Length : i + mark + 1;
            while (i < _text.Length && Marks.Contains(_text[i])) i++;
            if (i < _text.Length && !Ends(i)) continue;
            (Current, _next) = (start..i, i);
            return true;
        }
    }

    // "3.5" and "p.z.m. channel" go on.
    private readonly bool Ends(int after)
    {
        if (char.IsAscii(_text[after - 1]) && !char.IsWhiteSpace(_text[after])) return false;
        var initial = _text[after - 1] == '.' && after >= 2 && WordReader.IsWord(_text, after - 2)
            && (after == 2 || !WordReader.IsWord(_text, after - 3));
        return !initial;
    }
}
