using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>
/// The loop around one conversation, its only writer: it takes everything that waits, has it decided, appends once, and only then answers
/// callers and tells observers. It owns order, durability and shutdown, and no rule.
/// </summary>
internal sealed class ConversationLoop : IDisposable
{
    private readonly Channel<LoopMessage> _messages;
    private readonly ConversationWriter _writer;
    private readonly ConversationState _state;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _clock;
    private readonly ConversationObservers _observers;
    private readonly ConversationFigures? _figures;
    private readonly ConversationIntake _intake;
    private readonly ChunkTraces _traces = new();
    private readonly SilenceWatch _silence;
    private readonly PauseWatch _pauses;
    private readonly GraceWatch _grace;
    private readonly DrainWatch _drain;
    private readonly Dictionary<string, long> _leftUnanswered = [];
    private long _lastInput;

    public ConversationLoop(
        Channel<LoopMessage> messages,
        ConversationWriter writer,
        ConversationOptions options,
        TimeProvider clock,
        ConversationObservers observers,
        ParleyTelemetry? telemetry,
        TimeSpan quiet,
        IReadOnlyDictionary<string, long>? unanswered)
    {
        (_messages, _writer, _state, _options, _clock, _observers) = (messages, writer, writer.State, options, clock, observers);
        _figures = telemetry is null ? null : new ConversationFigures(telemetry, clock, _state);
        _intake = new ConversationIntake(_state, options.Formats, options.Rules.Redaction, unanswered);
        if (unanswered is not null) _leftUnanswered = new(unanswered);
        _silence = new SilenceWatch(clock, messages);
        _pauses = new PauseWatch(clock, messages);
        _grace = new GraceWatch(clock, options.ResumeGrace, messages);
        _drain = new DrainWatch(clock, options.EndDrain, messages);
        _lastInput = clock.GetTimestamp() - (long)(quiet.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>Gets how long nothing has come in. From any thread.</summary>
    public TimeSpan Quiet => _clock.GetElapsedTime(Interlocked.Read(ref _lastInput));

    /// <summary>Gets whether nothing is going on that would be lost with its memory.</summary>
    public bool IsIdle => _state.IsIdle && _intake.IsIdle;

    /// <summary>Gets the first delivery of each source that was left without a receipt when the loop stopped.</summary>
    public IReadOnlyDictionary<string, long> LeftUnanswered => _leftUnanswered;

    /// <summary>Gets what every source has to send next. On the loop only.</summary>
    public IReadOnlyDictionary<string, long> Expected => _intake.Expected;

    // When it counts as abandoned if nothing comes in.
    private DateTimeOffset AbandonedAt => _clock.GetUtcNow() + _options.AbandonAfter - Quiet;

    public ActivityContext CauseOf(string segmentId) => _traces.Of(segmentId);

    /// <summary>Shows the text that speakers are in the middle of, as it is now.</summary>
    public void Show(Action<LogRecord> show) => _writer.Show(_intake.Tails, show);

    /// <summary>Tells observers of the conversation, before it takes anything.</summary>
    public void Open(LiveConversation conversation)
    {
        _observers.Opened(conversation, _state);
        Watch();
    }

    /// <summary>Takes messages until there come no more.</summary>
    public async Task RunAsync(LiveConversation conversation)
    {
        // Whoever brought the conversation into memory has no part in what it does from then on.
        Activity.Current = null;
        try
        {
            while (await _messages.Reader.WaitToReadAsync()) await TakeAsync(conversation);
            // Deliveries that wait for more text get none.
            Fail(new ChannelClosedException());
            await _writer.CloseAsync(_state.Phase == ConversationPhase.Live && IsIdle ? AbandonedAt : null);
        }
        catch (Exception problem)
        {
            _messages.Writer.TryComplete(problem);
            while (_messages.Reader.TryRead(out var message)) Fail(message, problem);
            Fail(problem);
            _observers.Failed(conversation, problem);
            throw;
        }
    }

    /// <summary>Stops the timers.</summary>
    public void StopWatching()
    {
        _silence.Dispose();
        _pauses.Dispose();
        _grace.Dispose();
        _drain.Dispose();
    }

    public void Dispose()
    {
        StopWatching();
        _figures?.Dispose();
    }

    // The batch belongs to this call, so that nothing of it stays: a quiet conversation would hold on to its last, and to room for its
    // largest.
    private async Task TakeAsync(LiveConversation conversation)
    {
        var messages = new List<LoopMessage>();
        while (messages.Count < _options.BatchSize && _messages.Reader.TryRead(out var message)) messages.Add(message);
        try
        {
            await TakeAsync(conversation, messages);
        }
        catch (Exception problem)
        {
            // Callers fail at once instead of waiting for a loop that is gone.
            _messages.Writer.TryComplete(problem);
            foreach (var message in messages) Fail(message, problem);
            throw;
        }
    }

    private async ValueTask TakeAsync(LiveConversation conversation, List<LoopMessage> messages)
    {
        if (messages.Exists(static message => message is not (Looked or PausePassed))) Interlocked.Exchange(ref _lastInput, _clock.GetTimestamp());
        foreach (var message in messages) await TakeAsync(message);
        var facts = await _writer.AppendAsync(_intake.Tails);
        Answer();
        Watch();
        Tell(conversation, facts);
        foreach (var message in messages)
        {
            if (message is Looked look) look.Read(_state);
        }
    }

    private async ValueTask TakeAsync(LoopMessage message)
    {
        switch (message)
        {
            case Delivered delivered:
                await RecallAsync(delivered.Delivery.Source);
                await LookUpAsync(delivered.Delivery);
                _intake.Take(delivered.Delivery, delivered.Call);
                break;
            case Asked asked:
                _intake.Take(asked.Input, asked.Call);
                break;
            case SilencePassed silence when !SilenceWatch.IsSilent(silence, _state, _intake.Tails.Held):
                return;
            case SilencePassed silence:
                _intake.Take(new CloseLane(silence.Lane.Speaker, CloseReasons.Silence), Call.OfTimer(silence));
                break;
            case PausePassed pause when !pause.Pause.GoesOn(_state, _intake.Tails):
                return;
            case PausePassed pause:
                TakePause(pause);
                break;
            case GracePassed grace:
                _intake.EndGrace(grace.Source, grace.Heard, Call.OfTimer(grace));
                break;
            case DrainPassed drain:
                _intake.Take(new Settle(), Call.OfTimer(drain));
                break;
            default:
                return;
        }

        while (_intake.TryTake(out var step)) _intake.Tell(step, _writer.Take(step.Input));
    }

    private void TakePause(PausePassed passed)
    {
        var probability = TurnEnds.Probability(passed, _state, _intake.Tails);
        if (probability >= TurnEnds.HintFrom && !passed.Pause.IsHinted)
        {
            passed.Pause.IsHinted = true;
            _writer.Show(TurnEnds.Hint(passed, probability, _state));
        }

        if (TurnEnds.Closes(passed, probability, _state, _intake.Tails))
            _intake.Take(new CloseLane(passed.Pause.Speaker, CloseReasons.EndOfTurn) { Probability = probability }, Call.OfTimer(passed));
    }

    private async ValueTask RecallAsync(string source)
    {
        if (!_intake.MustRecall(source)) return;
        var past = await _writer.RecallAsync(source, _options.Formats);
        _intake.Recall(source, past.Chunks, past.IsWhole);
    }

    private async ValueTask LookUpAsync(Delivery delivery)
    {
        if (!_intake.MustCompare(delivery)) return;
        _intake.Keep(delivery.Source, await _writer.LookUpAsync(delivery.Source, delivery.Sequence));
    }

    private void Answer()
    {
        var answered = _intake.TakeAnswered();
        for (var i = 0; i < answered.Count; i++)
        {
            // The intake has its tickets from this loop.
            var call = (Call)answered[i];
            var receipt = call.ToReceipt();
            _figures?.Taken(receipt, call.At, call.IsDelivery);
            _traces.Taken(call.Activity, receipt);
            call.Answer(receipt);
            if (_leftUnanswered.Count > 0 && receipt.Refusal is null) Forget(call);
        }
    }

    // What the loop before left unanswered has come again.
    private void Forget(Call call)
    {
        if (_leftUnanswered.TryGetValue(call.Source, out var first) && call.IsDelivery && call.Sequence >= first) _leftUnanswered.Remove(call.Source);
    }

    private void Watch()
    {
        _silence.Watch(_state, _intake.Tails.Held);
        _pauses.Watch(_state, _intake.Tails, _writer.IsWatched || _state.Settings?.CloseOnEndOfTurn is not null);
        _grace.Watch(_intake);
        _drain.Watch(_state);
    }

    private void Tell(LiveConversation conversation, IReadOnlyList<RecordedFact> facts)
    {
        var tails = _intake.Tails;
        if (tails.Touched.Count > 0)
        {
            _observers.Overheard(conversation, tails.Touched.Select(tails.Of));
            tails.Look();
        }

        if (facts.Count > 0) _observers.Happened(conversation, _state, facts);
        _traces.Forget(facts);
    }

    private void Fail(Exception problem)
    {
        foreach (var ticket in _intake.Unanswered) Fail((Call)ticket, problem);
    }

    private void Fail(LoopMessage message, Exception problem)
    {
        if (message is Delivered delivered) Fail(delivered.Call, problem);
        else message.Fail(problem);
    }

    private void Fail(Call call, Exception problem)
    {
        if (call is { IsDelivery: true, IsAnswered: false })
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_leftUnanswered, call.Source, out var isKnown);
            first = isKnown ? Math.Min(first, call.Sequence) : call.Sequence;
        }

        call.Fail(problem);
    }
}
