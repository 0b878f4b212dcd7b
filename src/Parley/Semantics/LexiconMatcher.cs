using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>
/// Finds the entries of a lexicon in a text: one pass, whatever their number, along a tree of their letters. Spoken
/// matching takes any apostrophe and any run of white space for the lexicon's; literal matching only what is written there.
/// </summary>
internal sealed class LexiconMatcher
{
    // A neighbour is looked for no farther than this, so that the cost stays linear whatever the text.
    private const int NeighbourReach = 40;

    private readonly FrozenDictionary<long, int> _steps;
    private readonly int[][] _ends;   // by node: the entries that end there
    private readonly IReadOnlyList<LexiconEntry> _entries;
    private readonly bool[] _starts = new bool[128];   // which ASCII letters any entry starts with
    private readonly bool _literal;

    public LexiconMatcher(IReadOnlyList<LexiconEntry> entries, bool literal)
    {
        _entries = entries;
        _literal = literal;
        var steps = new Dictionary<long, int>();
        List<List<int>> ends = [[]];
        for (var entry = 0; entry < entries.Count; entry++)
        {
            foreach (var phrase in entries[entry].Phrases)
            {
                var node = 0;
                for (var i = 0; i < phrase.Length;)
                {
                    var step = Step(node, Read(phrase, ref i));
                    if (!steps.TryGetValue(step, out node))
                    {
                        steps.Add(step, node = ends.Count);
                        ends.Add([]);
                    }
                }

                ends[node].Add(entry);
            }
        }

        _steps = steps.ToFrozenDictionary();
        for (var c = '\0'; c < _starts.Length; c++) _starts[c] = steps.ContainsKey(Step(0, WordReader.Lower(c)));
        _ends = [.. ends.Select(list => list.ToArray())];
    }

    /// <summary>The numbers of the entries that the text holds, each once, ascending; null when it holds none.</summary>
    public List<int>? Find(ReadOnlySpan<char> text)
    {
        List<int>? found = null;
        for (var start = 0; start < text.Length; start++)
        {
            if (!MayStart(text[start]) || !IsBorder(text, start)) continue;
            var node = 0;
            for (var i = start; i < text.Length && _steps.TryGetValue(Step(node, Read(text, ref i)), out node);)
            {
                foreach (var entry in _ends[node])
                {
                    if (found?.Contains(entry) != true && Holds(_entries[entry], text, start, i)) (found ??= []).Add(entry);
                }
            }
        }

        found?.Sort();
        return found;
    }

    private bool MayStart(char c) => c >= _starts.Length || _starts[c];

    private bool Holds(LexiconEntry entry, ReadOnlySpan<char> text, int start, int end)
    {
        if (!IsBorder(text, end)) return false;
        // Someone does something: what, must follow.
        if (entry.Risk is null && (end == text.Length || !char.IsWhiteSpace(text[end]))) return false;
        return (entry.NotBefore.Count == 0 || !entry.NotBefore.Contains(NextWord(text[end..])))
            && (entry.NotAfter.Count == 0 || !entry.NotAfter.Contains(LastWord(text[..start])));
    }

    // A word starts or ends there. Scripts without spaces have a border between any two letters.
    private bool IsBorder(ReadOnlySpan<char> text, int at) =>
        at == 0 || at == text.Length || !WordReader.IsWord(text, at - 1) || !WordReader.IsWord(text, at)
        || (!_literal && (WordReader.IsUnspaced(text, at - 1) || WordReader.IsUnspaced(text, at)));

    private char Read(ReadOnlySpan<char> text, ref int i)
    {
        var c = WordReader.Lower(text[i++]);
        if (_literal) return c;
        if (WordReader.IsApostrophe(c)) return '\'';
        if (!char.IsWhiteSpace(c)) return c;
        while (i < text.Length && char.IsWhiteSpace(text[i])) i++;
        return ' ';
    }

    private static long Step(int node, char c) => ((long)node << 16) | c;

    private static ulong NextWord(ReadOnlySpan<char> text)
    {
        var reader = new WordReader(text[..Math.Min(text.Length, NeighbourReach)]);
        return reader.MoveNext() ? reader.Hash : 0;
    }

    private static ulong LastWord(ReadOnlySpan<char> text)
    {
        var last = 0UL;
        var reader = new WordReader(text[Math.Max(0, text.Length - NeighbourReach)..]);
        while (reader.MoveNext()) last = reader.Hash;
        return last;
    }
}
