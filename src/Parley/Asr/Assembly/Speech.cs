namespace Parley.Asr;

/// <summary>Says text: once said, it is remembered, to be known again.</summary>
internal sealed class Speech(StreamConnections connections, AssemblyOutputs outputs)
{
    /// <summary>Where text is said that has no times of its own.</summary>
    /// <param name="Start">The start, in the stream.</param>
    /// <param name="End">The end, in the stream.</param>
    public readonly record struct Place(double? Start, double? End);

    /// <summary>Says a part of a text.</summary>
    /// <param name="part">The part.</param>
    /// <param name="update">The message's update that it is of.</param>
    /// <param name="said">The text that it is remembered as.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="shift">How far its times are moved, because they are not believed.</param>
    /// <param name="place">Where it is said if it has no times.</param>
    /// <param name="reason">Why.</param>
    /// <param name="words">The words of the part; empty where they have no times.</param>
    public void Say(
        in SpokenPart part, in AsrUpdate update, SaidText said, AsrConnection connection, double shift, Place place, AsrCommitReason reason,
        ReadOnlySpan<AsrWord> words = default)
    {
        var offset = connection.Offset + shift;
        var start = part.Start + offset ?? place.Start ?? connections.Newest;
        var end = part.End + offset ?? Math.Max(start, place.End ?? start);
        if ((part.Start is not null && part.End <= part.Start) || start < 0)
        {
            outputs.Report(AsrAnomaly.TimesRepaired);
            (start, end) = (Math.Max(0, start), start < 0 ? end : start);
        }

        if (offset != 0) (start, end) = (Math.Round(start, 6), Math.Round(end, 6));
        end = Math.Max(start, end);
        var channel = connection.Channel(update.Channel);
        var spoken = SpokenText.CountWords(part.Text);
        var key = connection.OutputKey(said, said.Parts.Count);
        var epoch = connections.Epoch ?? 0;
        var trace = new AsrTrace(
            said.Key == key ? null : said.Key, channel.Name, update.Start + epoch, update.End + epoch, part.LastWord, spoken,
            connection == connections.Current ? null : connection.Number);
        var details = PartDetails.Of(part.Text, update, words, offset);
        outputs.Add(new(
            AsrOutputKind.Committed, key, new(start, end, part.Text, part.SpeakerId) { Details = details }, reason, Trace: trace));
        said.Words += spoken;
        said.Parts.Add((part.SpeakerId, spoken));
        (channel.LastSpeaker, channel.TurnIsOpen) = (part.SpeakerId, true);
        channel.Newest = Math.Max(channel.Newest, end);
        connections.Heard(end);
    }

    /// <summary>Gives the parts of a text that was said to a speaker; false where they are the speaker's already.</summary>
    public bool Rename(SaidText? said, AsrConnection connection, string? speaker, int? only = null)
    {
        var renamed = false;
        if (said?.Key is null) return false;
        for (var i = 0; i < said.Parts.Count; i++)
        {
            var (from, words) = said.Parts[i];
            if (OpenTexts.SameName(from, speaker) || (only is { } part && part != i)) continue;
            said.Parts[i] = (speaker, words);
            renamed = true;
            outputs.Add(new(AsrOutputKind.SpeakerRevision, connection.OutputKey(said, i), new(0, 0, "", speaker), FromSpeakerId: from));
        }

        return renamed;
    }
}
