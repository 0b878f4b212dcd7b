namespace Parley.Asr;

/// <summary>Takes what a reader found in a message, step by step.</summary>
internal sealed class UpdateSteps
{
    private readonly StreamConnections _connections;
    private readonly AssemblyOutputs _outputs;
    private readonly OpenTexts _open = new();
    private readonly AwaitedTexts _awaited;
    private readonly TentativeTails _tails;
    private readonly Speech _speech;
    private readonly EarlyTexts _early;
    private readonly InterimTexts _interims;
    private readonly AppendedTexts _appended;
    private readonly FinalTexts _finals;
    private readonly OrderedTexts _ordered;
    private readonly EarlierConnections _earlier;
    private readonly UpdateTimes _times;
    private readonly int _smoothSpeakerWords;

    // The connection that the rest of the message is of.
    private AsrConnection _target;

    public UpdateSteps(IAsrFormat format, AsrConfig config, StreamConnections connections, AssemblyOutputs outputs)
    {
        (_connections, _outputs, _smoothSpeakerWords) = (connections, outputs, config.SmoothSpeakerWords);
        _awaited = new(config.MaxWaiting);
        _tails = new(_open, outputs);
        _speech = new(connections, outputs);
        _early = new(config, connections, outputs, _open, _tails, _speech);
        _interims = new(format, config, connections, outputs, _open, _early);
        _appended = new(config, connections, _open, _interims, _early);
        _finals = new(format, connections, outputs, _speech, _appended);
        _ordered = new(config, outputs, _open, _early, TakeWaiting);
        _earlier = new(connections);
        _times = new(connections, outputs);
        _target = connections.Current;
    }

    public long Message => _early.Message;

    public bool HasOpenText => _open.Count > 0;

    public long? NeededFrom
    {
        get
        {
            var first = _awaited.First;
            foreach (var open in _open.All)
            {
                if (!(first <= open.NeededFrom)) first = open.NeededFrom ?? first;
            }

            return first;
        }
    }

    public void Take(AsrUpdates updates)
    {
        _early.Message++;
        _target = _connections.Current;
        _connections.Copies.Next();
        foreach (var step in updates.Steps) Take(step, updates);
        _tails.Show();
    }

    public void CommitAll(AsrCommitReason reason)
    {
        _ordered.GiveUp(reason);
        foreach (var open in _open.InOrder())
        {
            if (open.Waiting is not null) TakeWaiting(open);
            else _early.Commit(open, reason);
        }

        _awaited.Clear();
        _tails.Show();
    }

    /// <summary>Opens the recogniser's next connection.</summary>
    public void Connect(double offset)
    {
        CommitAll(AsrCommitReason.NewConnection);
        _target = _connections.Open(offset);
        _ordered.Clear();
        _outputs.Add(new(AsrOutputKind.NewConnection, Chunk: new(offset, offset, "")));
    }

    private void Take(AsrUpdates.Step step, AsrUpdates updates)
    {
        var update = step.Update;
        switch (step.Kind)
        {
            case AsrUpdates.StepKind.Text: TakeText(update, updates.WordsOf(step)); break;
            case AsrUpdates.StepKind.Commit: CommitKey(update.Key!); break;
            case AsrUpdates.StepKind.EndOfTurn: EndTurn(_target, update.Channel); break;
            case AsrUpdates.StepKind.NameSpeaker: _speech.Rename(_target.Texts.Find(update.Key), _target, update.SpeakerId); break;
            case AsrUpdates.StepKind.Connection: TakeConnection(step.Detail!); break;
            case AsrUpdates.StepKind.NewConnection: if (_connections.IsHeard) Connect(_connections.Newest); break;
            case AsrUpdates.StepKind.Announce:
                if (_target.Texts.Find(update.Key) is null) _ordered.Announce(update.Key!, step.Detail);
                break;
            case AsrUpdates.StepKind.Fail: Fail(update.Key!); break;
            case AsrUpdates.StepKind.Await: if (_target.Texts.Find(update.Key) is null) _awaited.Add(update.Key!, Message); break;
            case AsrUpdates.StepKind.Report: _outputs.Report(step.Anomaly, step.Detail); break;
            case AsrUpdates.StepKind.EndOfConnection:
                CommitAll(AsrCommitReason.ConnectionClosed);
                _outputs.Add(new(AsrOutputKind.EndOfConnection));
                break;
        }
    }

    private void TakeConnection(string id)
    {
        if (string.Equals(_connections.Current.Id, id, StringComparison.Ordinal)) return;
        if (_connections.FindEarlier(id) is { } earlier)
        {
            _target = earlier;
            return;
        }

        if (_connections.Current.Id is not null) Connect(_connections.Newest);
        _connections.Current.Id = id;
    }

    private void TakeText(AsrUpdate update, Span<AsrWord> words)
    {
        if (update.IsFinal && !words.IsEmpty && !FinalText.HasSpeakers(words, update.SpeakerId)
            && !SpokenText.HasNoMoreWords(update.Text, words))
        {
            // Words that are told in part would leave out the others.
            update = WordTimes.Around(update, words);
            words = default;
        }

        var isTimed = WordTimes.Complete(words, update.Start, update.End);
        _times.Settle(ref update, words, isTimed);
        if (update.IsFinal && isTimed && _smoothSpeakerWords > 0) Smooth(update, words);
        if (update.IsFinal) TakeFinal(new(update, words, isTimed));
        else if (_target != _connections.Current) _outputs.Report(AsrAnomaly.Stale);
        else TakeInterim(update, words, isTimed);
    }

    private void Smooth(in AsrUpdate update, Span<AsrWord> words)
    {
        var smoothed = SpeakerSmoothing.Smooth(words, update.SpeakerId, _smoothSpeakerWords);
        for (var i = 0; i < smoothed; i++) _outputs.Report(AsrAnomaly.SpeakerSmoothed);
    }

    private void TakeInterim(in AsrUpdate update, ReadOnlySpan<AsrWord> words, bool isTimed)
    {
        if (_interims.Take(update, words, isTimed, Message))
        {
            _connections.IsHeard = true;
            return;
        }

        Restart(update);
        _interims.Take(update, words, isTimed, Message);
        _connections.IsHeard = true;
    }

    private void TakeFinal(in FinalText text)
    {
        var update = text.Update;
        var connection = _target == _connections.Current ? _earlier.Of(text) : _target;
        if (connection != _connections.Current)
        {
            if (_open.Find(update) is { } open && !open.IsApartFrom(update)) _open.Remove(open);
            _finals.Take(text, connection, default, Message);
            return;
        }

        if (connection.Texts.Find(update.Key) is null && _ordered.MustWait(update.Key))
        {
            Wait(text);
            return;
        }

        Commit(text);
        _ordered.Done(update.Key);
    }

    private void Wait(in FinalText text)
    {
        var update = text.Update;
        var open = _open.Find(update);
        if (open?.Waiting is not null)
        {
            _outputs.Report(AsrAnomaly.Repeated, text: new(open.Start, open.End, update.Text ?? "", text.Speaker));
            return;
        }

        open = _interims.Show(open, update, update.Text ?? "", text.Words);
        (open.NeededFrom, open.Waiting) = (open.NeededFrom ?? Message, text.Words.ToArray());
        _ordered.Limit();
    }

    private void TakeWaiting(OpenText open)
    {
        var words = open.Waiting!;
        open.Waiting = null;
        // Without times, it stands behind what it waited for.
        if (open.Update.Start is null) open.Start = Math.Max(open.Start, _connections.Newest);
        Commit(new(open.Update, words, words.Length > 0 && double.IsFinite(words[0].Start)));
    }

    private void Commit(in FinalText text)
    {
        var update = text.Update;
        var open = Close(text);
        _awaited.Done(update.Key);
        _tails.Show();
        _connections.IsHeard = true;
        var place = new Speech.Place(open?.Start, open?.End);
        if (!_finals.Take(text, _connections.Current, place, Message))
        {
            Restart(update);
            _connections.IsHeard = true;
            _finals.Take(text, _connections.Current, place, Message);
        }

        if (update.EndOfTurn) EndTurn(_connections.Current, update.Channel);
    }

    // What is open of it gives way to it.
    private OpenText? Close(in FinalText text)
    {
        if (text.Update.Delivery == AsrDelivery.Append)
        {
            // What is still open behind it is told again.
            var rest = _open.Find(text.Update with { Delivery = AsrDelivery.Snapshot });
            if (rest is { Waiting: null, Update.Delivery: AsrDelivery.Snapshot }) _open.Remove(rest);
            return null;
        }

        if (_open.Find(text.Update) is not { } open) return null;
        // A text that is known by its words may have a wrong time.
        if (text.Update.Delivery == AsrDelivery.Snapshot && open.IsApartFrom(text.Update) && !open.IsBeginningOf(text.Update.Text))
        {
            // It is what comes next, or its own final never came.
            if (open.Update.Start < text.Update.Start) _early.Withdraw(open);
            return null;
        }

        if (text.IsEmpty) _early.Withdraw(open);
        else _open.Remove(open);
        return open;
    }

    private void Restart(in AsrUpdate update)
    {
        _outputs.Report(AsrAnomaly.ClockRestarted);
        var channel = _connections.Current.Channel(update.Channel);
        // Open text without a time of its own is what this update replaces, and not the old connection's.
        if (_open.Find(update) is { Update.Start: null, Confirmed: null } open) _open.Remove(open);
        var before = _connections.Current;
        Connect(channel.Clock.StartOfNext ?? _connections.Newest);
        EarlierConnections.TakeStrays(before, _connections.Current);
    }

    private void CommitKey(string key)
    {
        _awaited.Done(key);
        if (_open.Find(key) is not { } open) return;
        var (text, speaker) = (open.Update.Text ?? open.Text, open.SpeakerId);
        TakeFinal(new(open.Update with { Text = text, SpeakerId = speaker, IsFinal = true, EndOfTurn = true }, [], isTimed: false));
    }

    private void Fail(string key)
    {
        if (_open.Find(key) is { } open) _early.Withdraw(open);
        _target.Texts.Add(new(key, null, null));
        _awaited.Done(key);
        _ordered.Done(key);
    }

    private void EndTurn(AsrConnection connection, string? name)
    {
        if (connection != _connections.Current) return;
        _appended.Commit(name);
        var channel = connection.Channel(name);
        if (!channel.TurnIsOpen) return;
        channel.TurnIsOpen = false;
        _outputs.Add(new(AsrOutputKind.EndOfTurn, Chunk: new(_connections.Newest, _connections.Newest, "", channel.LastSpeaker)));
    }
}
