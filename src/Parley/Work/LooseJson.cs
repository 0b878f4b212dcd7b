using System.Buffers;

namespace Parley.Work;

/// <summary>Mends JSON that is almost right, where there is one way to read it.</summary>
/// <remarks>
/// Single quotes become double ones, <c>None</c>, <c>True</c> and <c>False</c> their JSON names, line breaks and other control characters
/// within a text spaces; comments go. Everything else stays as it is.
/// </remarks>
internal ref struct LooseJson
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly ArrayBufferWriter<byte> _mended;
    private int _at;
    private byte _last;

    private LooseJson(ReadOnlySpan<byte> text)
    {
        _text = text;
        _mended = new ArrayBufferWriter<byte>(text.Length);
    }

    /// <summary>Mends the object or array at the start of a text; null where it does not end.</summary>
    /// <param name="text">The text, from the opening brace or bracket.</param>
    /// <param name="length">How much of the text it is.</param>
    public static byte[]? Mend(ReadOnlySpan<byte> text, out int length)
    {
        var json = new LooseJson(text);
        var isWhole = json.Copy();
        length = json._at;
        return isWhole ? json._mended.WrittenSpan.ToArray() : null;
    }

    private bool Copy()
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '"' || (c == '\'' && "{[,:"u8.Contains(_last)))
            {
                if (!CopyText(c)) return false;
                continue;
            }

            if (c == '/' && SkipComment()) continue;
            if (IsLetter(c))
            {
                CopyName();
                continue;
            }

            Write(c);
            _at++;
            if (c is (byte)'{' or (byte)'[') depth++;
            if (c is (byte)'}' or (byte)']' && --depth == 0) return true;
        }

        return false;
    }

    private bool CopyText(byte quote)
    {
        Write((byte)'"');
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == quote && (quote == '"' || IsEnd(_at + 1)))
            {
                Write((byte)'"');
                _at++;
                return true;
            }

            if (c == '\\' && _at + 1 < _text.Length)
            {
                // JSON has no escape for a single quote.
                if (_text[++_at] != '\'') Write(c);
                Write(_text[_at]);
                continue;
            }

            if (c == '"') Write((byte)'\\');
            Write(c < ' ' ? (byte)' ' : c);
        }

        return false;
    }

    // An apostrophe stands within a text; what ends one is followed by what may stand behind it.
    private readonly bool IsEnd(int at)
    {
        var next = _text[at..].TrimStart(" \t\r\n"u8);
        return next.IsEmpty || ",:}]"u8.Contains(next[0]);
    }

    private bool SkipComment()
    {
        var rest = _text[_at..];
        if (!rest.StartsWith("/*"u8) && !rest.StartsWith("//"u8)) return false;
        var closing = rest[1] == '*' ? "*/"u8 : "\n"u8;
        var end = rest[2..].IndexOf(closing);
        _at = end < 0 ? _text.Length : _at + 2 + end + closing.Length;
        return true;
    }

    private void CopyName()
    {
        var start = _at;
        while (_at < _text.Length && IsLetter(_text[_at])) _at++;
        var name = _text[start.._at];
        var json = name.SequenceEqual("None"u8) ? "null"u8 : name.SequenceEqual("True"u8) ? "true"u8 : name.SequenceEqual("False"u8) ? "false"u8 : name;
        foreach (var c in json) Write(c);
    }

    private void Write(byte c)
    {
        _mended.Write([c]);
        if (c > ' ') _last = c;
    }

    private static bool IsLetter(byte c) => char.IsAsciiLetter((char)c);
}
