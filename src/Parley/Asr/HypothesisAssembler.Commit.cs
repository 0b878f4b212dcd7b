namespace Parley.Asr;

// What becomes of final text: the part of it that was not said yet, one chunk for each change of speaker.
public sealed partial class HypothesisAssembler
{
    private readonly record struct Part(string? SpeakerId, string Text, double? Start, double? End, double? LastWord = null);

    private readonly List<Part> _parts = [];
    private readonly List<string> _texts = [];

    private void Commit(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said)
    {
        var channel = Channel(update.Channel);
        var open = FindOpen(update);
        if (open is not null) _open.Remove(open);
        if (update.Delivery == AsrDelivery.Snapshot) CloseChannel(channel.Name);
        Done(update.Key);
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

    private void CheckRepeat(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said, bool isExpected)
    {
        var hash = TextPrint.OfText(update, words);
        var renamed = (update.SpeakerId ?? (update.MayRestate ? null : FirstSpeaker(words))) is { } speaker
            && said?.Speakers.Count == 1 && Rename(said, speaker);
        if (!isExpected && !renamed) Report(said is null || said.Hash == hash || said.IsRecalled ? AsrAnomaly.Repeated : AsrAnomaly.ChangedAfterFinal);
        if (said is not null) (said.Hash, said.IsProvisional, said.IsRecalled) = (hash, false, false);
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
}
