namespace Parley.Transcripts;

/// <summary>Orders text by code points. Ordinal order puts characters beyond U+FFFF before U+E000 to U+FFFF.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        var same = a.CommonPrefixLength(b);
        return same < a.Length && same < b.Length ? Rank(a[same]) - Rank(b[same]) : a.Length - b.Length;
    }

    // Surrogates come last.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
