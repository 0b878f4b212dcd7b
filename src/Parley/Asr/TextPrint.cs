namespace Parley.Asr;

/// <summary>
/// Fingerprints that know a text again in any connection: by key and start, and a final by its end and text too. Zero where there is no
/// identity: without a
/// key or a time there is only the text, and two people may both say yes.
/// </summary>
internal static class TextPrint
{
    public static ulong OfInterim(in AsrUpdate update) => update.Key is null ? 0 : KeyAndStart(update, salt: 1);

    /// <summary>Of text that was committed before its final came.</summary>
    public static ulong OfProvisional(in AsrUpdate update) => update.Key is null ? 0 : KeyAndStart(update, salt: 2);

    public static ulong OfFinal(in AsrUpdate update, ReadOnlySpan<AsrWord> words)
    {
        if (update.Key is null && words.IsEmpty) return 0;
        var print = KeyAndStart(update, salt: 3);
        if (print == 0) return 0;
        return Mix(Mix(print, Millis(update.End ?? 0)), OfText(update, words));
    }

    public static ulong OfWord(string? channel, in AsrWord word) => Mix(SpokenText.Hash(word.Text, SpokenText.Hash(channel)), Millis(word.Start));

    public static ulong OfText(in AsrUpdate update, ReadOnlySpan<AsrWord> words)
    {
        var print = SpokenText.Hash(update.Text);
        if (update.Text is not null) return print;
        foreach (ref readonly var word in words) print = SpokenText.Hash(word.Text, print);
        return print;
    }

    private static ulong KeyAndStart(in AsrUpdate update, ulong salt) =>
        update.Start is { } start ? Mix(Mix(SpokenText.Hash(update.Key), Millis(start)), salt) : 0;

    private static ulong Millis(double seconds) => (ulong)BitConverter.DoubleToInt64Bits(Math.Round(seconds, 3));

    private static ulong Mix(ulong print, ulong value) => (print ^ value ^ (value >> 32)) * 0x9E3779B97F4A7C15;
}
