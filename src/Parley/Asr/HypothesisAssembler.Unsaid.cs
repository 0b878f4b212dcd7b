using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

// The part of final text that was not said yet.
public sealed partial class HypothesisAssembler
{
    private bool TakeUnsaidText(in AsrUpdate update, AsrChannel channel, SaidText? said)
    {
        _parts.Clear();
        var skip = Math.Max(said?.Words ?? 0, Unclaimed(update, channel));
        // What was said is not the beginning of it, so nobody can tell what is left.
        if (said?.FirstWord is { } first && SpokenText.IndexOfWord(update.Text, first) > 0) return true;

        var text = SpokenText.SkipWords(update.Text, skip).Trim();
        if (!text.IsEmpty) _parts.Add(new(update.SpeakerId, text.ToString(), update.Start, update.End));
        return skip > 0;
    }

    private bool TakeUnsaidWords(in AsrUpdate update, AsrChannel channel, ReadOnlySpan<AsrWord> words, SaidText? said)
    {
        _parts.Clear();
        _texts.Clear();
        var skip = Math.Max(said is { LastStart: null } ? said.Words : 0, Unclaimed(update, channel));
        var speaker = update.SpeakerId ?? FirstSpeaker(words);
        var skipped = false;
        double? start = null;
        var (end, last) = (0.0, 0.0);
        var isStraggler = update.MayRestate && _clock.Connection > 0 && _said.HasWords(channel.Name, words);
        foreach (ref readonly var word in words)
        {
            var isRestated = update.MayRestate
                && (channel.Said.Contains(word.Start) || (isStraggler && (WasEarly(channel, word) || _said.HasWord(channel.Name, word))));
            if (isRestated || word.Start <= said?.LastStart || skip > 0)
            {
                skipped = true;
                skip -= Math.Max(1, SpokenText.CountWords(word.Text));
                continue;
            }

            if (word.SpeakerId is { } by && !SameName(by, speaker))
            {
                ClosePart();
                speaker = by;
            }

            end = start is null ? word.End : Math.Max(end, word.End);
            start ??= word.Start;
            last = word.Start;
            _texts.Add(word.Text);
        }

        ClosePart();
        // The vendor's own text has the better spacing, where it is the text of just these words.
        if (!skipped && _parts.Count == 1 && update.Text?.Trim() is { Length: > 0 } text) _parts[0] = _parts[0] with { Text = text };
        return skipped;

        void ClosePart()
        {
            if (_texts.Count > 0) _parts.Add(new(speaker, TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts)).Trim(), start, end, last));
            _texts.Clear();
            start = null;
        }
    }

    private static int Unclaimed(in AsrUpdate update, AsrChannel channel)
    {
        if (update.Delivery != AsrDelivery.Snapshot) return 0;
        var words = channel.UnclaimedWords;
        channel.UnclaimedWords = 0;
        return words;
    }

    private static string? FirstSpeaker(ReadOnlySpan<AsrWord> words)
    {
        foreach (ref readonly var word in words)
        {
            if (word.SpeakerId is not null) return word.SpeakerId;
        }

        return null;
    }
}
