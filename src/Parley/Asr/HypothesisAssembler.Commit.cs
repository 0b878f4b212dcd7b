using System.Globalization;
using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

// What becomes of final text: the part of it that was not said yet, one chunk for each change of speaker.
public sealed partial class HypothesisAssembler
{
    private readonly record struct Part(string? SpeakerId, string Text, double? Start, double? End);

    private readonly List<Part> _parts = [];
    private readonly List<string> _texts = [];

    private void Commit(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said)
    {
        var channel = Channel(update.Channel);
        var open = FindOpen(update);
        if (open is not null) _open.Remove(open);
        if (update.Delivery == AsrDelivery.Snapshot) CloseChannel(channel.Name);
        ShowTails();

        if (said is null && update.Key is not null && update.End <= _said.ForgottenUntil)
        {
            Report(AsrAnomaly.Late);
            return;
        }

        var isExpected = said is { IsProvisional: true } || channel.UnclaimedWords > 0;
        var skipped = words.IsEmpty ? TakeUnsaidText(update, channel, said) : TakeUnsaidWords(update, channel, words, said);
        if (_parts.Count > 0)
        {
            if (skipped && !isExpected) Report(AsrAnomaly.Restated);
            Remember(update, words, said, channel, open);
        }
        else if (skipped)
        {
            CheckRepeat(update, words, said, isExpected);
        }
        else if (update.Key is { } key)
        {
            // Nothing was said, and nothing will be.
            _said.Add(new(key, update.Start, double.NegativeInfinity));
        }

        if (update.EndOfTurn) EndTurn(channel);
    }

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
        var end = 0.0;
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
            _texts.Add(word.Text);
        }

        ClosePart();
        // The vendor's own text has the better spacing, where it is the text of just these words.
        if (!skipped && _parts.Count == 1 && update.Text?.Trim() is { Length: > 0 } text) _parts[0] = _parts[0] with { Text = text };
        return skipped;

        void ClosePart()
        {
            if (_texts.Count > 0) _parts.Add(new(speaker, TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts)).Trim(), start, end));
            _texts.Clear();
            start = null;
        }
    }

    private void Remember(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? known, AsrChannel channel, Hypothesis? open)
    {
        var said = known;
        if (said is null && update.Key is { } key) _said.Add(said = new(key, update.Start, update.End ?? double.NegativeInfinity));

        foreach (ref readonly var part in CollectionsMarshal.AsSpan(_parts)) Say(part, update.Key, said, channel, open, AsrCommitReason.Final);
        if (said is not null)
        {
            said.Hash = TextPrint.OfText(update, words);
            said.IsProvisional = false;
            if (!words.IsEmpty) said.LastStart = words[^1].Start;
        }

        if (update.Delivery == AsrDelivery.Snapshot)
        {
            _recentFinals.Add(TextOf(update, words));
            foreach (var part in _parts) _recentFinals.Add(part.Text);
        }

        if (update.MayRestate && !words.IsEmpty)
        {
            channel.Said.Add(_parts[0].Start!.Value, words[^1].Start);
            _said.AddWords(channel.Name, words);
        }

        _said.AddPrint(TextPrint.OfFinal(update, words));
        _said.AddPrint(TextPrint.OfInterim(update));
    }

    private void Say(in Part part, string? key, SaidText? said, AsrChannel channel, Hypothesis? open, AsrCommitReason reason)
    {
        var start = part.Start + _clock.Offset ?? open?.Start ?? _clock.Newest;
        var end = part.End + _clock.Offset ?? Math.Max(start, open?.End ?? start);
        if (part.Start is not null && part.End <= part.Start)
        {
            Report(AsrAnomaly.TimesRepaired);
            end = start;
        }

        if (_clock.Offset != 0) (start, end) = (Math.Round(start, 6), Math.Round(end, 6));
        var chunk = new StreamChunk(start, Math.Max(start, end), part.Text, part.SpeakerId);
        _outputs.Add(new(AsrOutputKind.Committed, OutputKey(key, said?.Speakers.Count ?? 0), chunk, reason));
        if (said is not null)
        {
            said.Words += SpokenText.CountWords(part.Text);
            said.Speakers.Add(part.SpeakerId);
        }

        channel.LastSpeaker = part.SpeakerId;
        channel.TurnIsOpen = true;
        channel.SaidUntil = Math.Max(channel.SaidUntil, end - _clock.Offset);
        _clock.Heard(null, end);
    }

    private void CheckRepeat(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said, bool isExpected)
    {
        var hash = TextPrint.OfText(update, words);
        var renamed = (update.SpeakerId ?? (update.MayRestate ? null : FirstSpeaker(words))) is { } speaker
            && said?.Speakers.Count == 1 && Rename(said, speaker);
        if (!isExpected && !renamed) Report(said is null || said.Hash == hash ? AsrAnomaly.Repeated : AsrAnomaly.ChangedAfterFinal);
        if (said is not null) (said.Hash, said.IsProvisional) = (hash, false);
    }

    private bool Rename(SaidText? said, string? speaker)
    {
        var renamed = false;
        for (var i = 0; i < said?.Speakers.Count; i++)
        {
            var from = said.Speakers[i];
            if (SameName(from, speaker)) continue;
            said.Speakers[i] = speaker;
            renamed = true;
            _outputs.Add(new(AsrOutputKind.SpeakerRevision, OutputKey(said.Key, i), new(0, 0, "", speaker), FromSpeakerId: from));
        }

        return renamed;
    }

    private void EndTurn(AsrChannel channel)
    {
        CommitConfirmed(channel.Name);
        if (!channel.TurnIsOpen) return;
        channel.TurnIsOpen = false;
        _outputs.Add(new(AsrOutputKind.EndOfTurn, Chunk: new(_clock.Newest, _clock.Newest, "", channel.LastSpeaker)));
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

    private string? OutputKey(string? key, int part)
    {
        if (key is null || (part == 0 && _clock.Connection == 0)) return key;
        var connection = _clock.Connection == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{_clock.Connection}:");
        return part == 0 ? connection + key : string.Create(CultureInfo.InvariantCulture, $"{connection}{key}#{part}");
    }
}
