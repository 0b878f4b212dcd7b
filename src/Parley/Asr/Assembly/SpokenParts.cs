using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Cuts a final into what is to be said of it, one part for each change of speaker.</summary>
internal sealed class SpokenParts
{
    private readonly List<SpokenPart> _parts = [];
    private readonly List<string> _texts = [];

    public ReadOnlySpan<SpokenPart> All => CollectionsMarshal.AsSpan(_parts);

    /// <summary>Cuts a text whose words are not told.</summary>
    public void CutText(in AsrUpdate update, string? speaker, ReadOnlySpan<HeardWord> words, WordFates fates)
    {
        _parts.Clear();
        var text = update.Text.AsSpan();
        if (fates.AllNew || words.IsEmpty)
        {
            Add(speaker, Unspaced(text.Trim().ToString()), update.Start, update.End, null, 0, words.Length);
            return;
        }

        _texts.Clear();
        var first = -1;
        var at = 0;
        foreach (var (start, end) in SpokenText.Words(text))
        {
            if (fates[at] == WordFate.New)
            {
                first = first < 0 ? at : first;
                _texts.Add(text[start..end].Trim().ToString());
            }

            at++;
        }

        if (first < 0) return;
        var from = first == 0 ? update.Start : Finite(words[first].Start) ?? update.Start;
        Add(speaker, TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts)), from, update.End, null, first, at);
    }

    /// <summary>Cuts text whose words are told.</summary>
    public void CutWords(in AsrUpdate update, ReadOnlySpan<AsrWord> words, WordFates fates, bool isTimed)
    {
        _parts.Clear();
        _texts.Clear();
        var speaker = update.SpeakerId ?? FirstSpeaker(words);
        var (first, last) = (-1, -1);
        for (var i = 0; i < words.Length; i++)
        {
            if (fates[i] != WordFate.New) continue;
            if (words[i].SpeakerId is { } by && !OpenTexts.SameName(by, speaker))
            {
                Close(words, speaker, first, last, isTimed);
                (speaker, first) = (by, -1);
            }

            _texts.Add(words[i].Text);
            (first, last) = (first < 0 ? i : first, i);
        }

        Close(words, speaker, first, last, isTimed);
        // The vendor's own text has the better spacing, where it is the text of just these words.
        if (!fates.AllNew || _parts.Count != 1 || update.Text?.Trim() is not { Length: > 0 } text) return;
        _parts[0] = _parts[0] with { Text = Unspaced(text) };
        if (!isTimed) _parts[0] = _parts[0] with { Start = update.Start, End = update.End };
    }

    /// <summary>The words of one fate as text, with "…" where others stand between them, and where they are.</summary>
    public static (string Text, double? Start, double? End) TextOf(
        WordFate fate, in AsrUpdate update, ReadOnlySpan<AsrWord> words, ReadOnlySpan<HeardWord> heard, WordFates fates)
    {
        var texts = new List<string>();
        double? start = null, end = null;
        var last = -1;
        if (!words.IsEmpty)
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (fates[i] != fate) continue;
                Add(i, words[i].Text);
                (start, end) = (start ?? words[i].Start, words[i].End);
            }
        }
        else
        {
            var at = 0;
            var text = update.Text ?? "";
            foreach (var (from, to) in SpokenText.Words(text))
            {
                if (at < fates.Count && fates[at] == fate)
                {
                    Add(at, text[from..to].Trim());
                    if (at < heard.Length) (start, end) = (start ?? heard[at].Start, heard[at].End);
                }

                at++;
            }
        }

        return (TextJoin.Script.Join(CollectionsMarshal.AsSpan(texts)), Finite(start), Finite(end));

        void Add(int word, string text)
        {
            if (last >= 0 && word > last + 1) texts[^1] += " …";
            texts.Add(text);
            last = word;
        }
    }

    public static string? FirstSpeaker(ReadOnlySpan<AsrWord> words)
    {
        foreach (ref readonly var word in words)
        {
            if (word.SpeakerId is not null) return word.SpeakerId;
        }

        return null;
    }

    private void Close(ReadOnlySpan<AsrWord> words, string? speaker, int first, int last, bool isTimed)
    {
        if (first < 0) return;
        var end = words[first].End;
        for (var i = first; i <= last; i++) end = Math.Max(end, words[i].End);
        if (last == first || end < words[first].Start) end = words[last].End;
        var text = TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts)).Trim();
        Add(speaker, text, Finite(words[first].Start), Finite(end), isTimed ? words[last].Start : null, first, last + 1);
        _texts.Clear();
    }

    private void Add(string? speaker, string text, double? start, double? end, double? last, int first, int after)
    {
        if (text.Length > 0) _parts.Add(new(speaker, text, start, end, last, first, after));
    }

    // Some recognisers put spaces between the words of scripts that have none.
    private static string Unspaced(string text)
    {
        var words = text.Split(' ');
        if (words.Length == 1) return text;
        var joined = TextJoin.Script.Join(words);
        return joined.Length == text.Length - words.Length + 1 ? joined : text;
    }

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? value : null;
}
