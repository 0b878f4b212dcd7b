using System.Globalization;
using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

// What is said is remembered, to be known again.
public sealed partial class HypothesisAssembler
{
    private void Remember(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? known, AsrChannel channel, Hypothesis? open)
    {
        var said = known;
        if (said is null && update.Key is { } key) _said.Add(said = new(key, update.Start, update.End ?? double.NegativeInfinity));

        foreach (ref readonly var part in CollectionsMarshal.AsSpan(_parts)) Say(part, update, said, channel, open, AsrCommitReason.Final);
        if (said is not null)
        {
            said.Hash = TextPrint.OfText(update, words);
            (said.IsProvisional, said.IsRecalled) = (false, false);
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

    private void Say(in Part part, in AsrUpdate update, SaidText? said, AsrChannel channel, Hypothesis? open, AsrCommitReason reason)
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
        var words = SpokenText.CountWords(part.Text);
        var key = OutputKey(update.Key, said?.Speakers.Count ?? 0);
        var trace = new AsrTrace(update.Key == key ? null : update.Key, channel.Name, update.Start, update.End, part.LastWord, words);
        _outputs.Add(new(AsrOutputKind.Committed, key, chunk, reason, Trace: trace));
        if (said is not null)
        {
            said.Words += words;
            said.Speakers.Add(part.SpeakerId);
        }

        channel.LastSpeaker = part.SpeakerId;
        channel.TurnIsOpen = true;
        channel.SaidUntil = Math.Max(channel.SaidUntil, end - _clock.Offset);
        _clock.Heard(null, end);
    }

    private string? OutputKey(string? key, int part)
    {
        if (key is null || (part == 0 && _clock.Connection == 0)) return key;
        var connection = _clock.Connection == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{_clock.Connection}:");
        return part == 0 ? connection + key : string.Create(CultureInfo.InvariantCulture, $"{connection}{key}#{part}");
    }
}
