namespace Parley.Asr;

// A stream that goes on after a restart: what was committed is known from where it was stored.
public sealed partial class HypothesisAssembler
{
    /// <summary>
    /// Goes on with a stream that another assembler heard before: its committed text is known again by its identity, and is not said twice. What was open
    /// is not known; its recogniser, or its sender, says it again.
    /// </summary>
    /// <param name="connection">The number of the recogniser's connection, from 0: <see cref="Connection"/> as it was.</param>
    /// <param name="offset">Where that connection began, in seconds of the stream: the start of its <see cref="AsrOutputKind.NewConnection"/>, else 0.</param>
    /// <param name="committed">
    /// What was committed in that connection, oldest first; the last few hundred will do. Other outputs are passed over. The texts may have been redacted.
    /// </param>
    /// <param name="isWhole">Whether that is all of it. Otherwise what is older counts as said.</param>
    /// <exception cref="InvalidOperationException">It has taken messages.</exception>
    public void Resume(int connection, double offset, IEnumerable<AsrOutput> committed, bool isWhole = true)
    {
        ArgumentNullException.ThrowIfNull(committed);
        if (Messages > 0) throw new InvalidOperationException("An assembler resumes before its first message.");
        _clock.Resume(connection, offset);
        var isFirst = !isWhole;
        foreach (var output in committed)
        {
            if (output.Kind != AsrOutputKind.Committed) continue;
            if (isFirst) ForgetBefore(output);
            isFirst = false;
            Recall(output);
        }

        _heard = true;
        _reader = _format.ResumeReader(_clock.Newest - offset);
    }

    private void ForgetBefore(in AsrOutput first)
    {
        var start = first.Chunk.Start - _clock.Offset;
        _said.ForgetUntil(start);
        Channel(first.Trace?.Channel).Said.Add(double.NegativeInfinity, start);
    }

    private void Recall(in AsrOutput output)
    {
        var chunk = output.Chunk;
        var trace = output.Trace ?? new AsrTrace(null, null, null, null, null, SpokenText.CountWords(chunk.Text));
        var isFinal = output.Reason == AsrCommitReason.Final;
        var update = new AsrUpdate { Key = trace.Key ?? output.Key, Start = trace.Start, End = trace.End };
        if (update.Key is { } key) Recall(key, output, trace, isFinal);
        _said.AddPrint(TextPrint.OfInterim(update));
        if (isFinal) _recentFinals.Add(chunk.Text);
        else _said.AddPrint(TextPrint.OfProvisional(update));

        var channel = Channel(trace.Channel);
        // A final takes what was said early of it along.
        channel.UnclaimedWords = isFinal ? 0 : channel.UnclaimedWords + trace.Words;
        if (!isFinal) _early = (channel.Name, trace.Start ?? double.NaN, trace.End ?? double.NaN);
        if (trace.LastWord is { } last) channel.Said.Add(chunk.Start - _clock.Offset, last);
        channel.SaidUntil = Math.Max(channel.SaidUntil, chunk.End - _clock.Offset);
        (channel.LastSpeaker, channel.TurnIsOpen) = (chunk.SpeakerId, true);
        // What restates starts where its connection began.
        _clock.Heard(Math.Max(trace.Start ?? double.NegativeInfinity, chunk.Start - _clock.Offset), chunk.End);
    }

    private void Recall(string key, in AsrOutput output, AsrTrace trace, bool isFinal)
    {
        var said = _said.Find(key);
        if (said is null)
        {
            said = new(key, trace.Start, trace.End ?? output.Chunk.End - _clock.Offset) { FirstWord = isFinal ? null : SpokenText.FirstWord(output.Chunk.Text) };
            _said.Add(said);
        }

        said.Words += trace.Words;
        said.Speakers.Add(output.Chunk.SpeakerId);
        said.LastStart = trace.LastWord ?? said.LastStart;
        (said.IsRecalled, said.IsProvisional) = (true, !isFinal);
    }
}
