using Parley.Conversations.Intake;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>What waits for a conversation's loop. The family is closed.</summary>
internal abstract record LoopMessage
{
    private protected LoopMessage() { }

    /// <summary>Tells the caller, if there is one, that the loop does not take it.</summary>
    public virtual void Fail(Exception problem)
    {
    }
}

/// <summary>A sender sent something.</summary>
internal sealed record Delivered(Delivery Delivery, Call Call) : LoopMessage
{
    public override void Fail(Exception problem) => Call.Fail(problem);
}

/// <summary>A caller asks for an input to be taken.</summary>
internal sealed record Asked(ConversationInput Input, Call Call) : LoopMessage
{
    public override void Fail(Exception problem) => Call.Fail(problem);
}

/// <summary>A caller looks at the conversation, between two inputs.</summary>
/// <param name="Read">Called with the state.</param>
/// <param name="Refuse">Called with the reason why there is nothing to look at.</param>
internal sealed record Looked(Action<ConversationState> Read, Action<Exception> Refuse) : LoopMessage
{
    public override void Fail(Exception problem) => Refuse(problem);
}

/// <summary>A timer rang. Time is an input: what follows from it is decided in the loop like everything else.</summary>
/// <param name="At">When it rang.</param>
internal abstract record TimerRang(long At) : LoopMessage;

/// <summary>A speaker was silent for as long as ends a segment.</summary>
/// <param name="Lane">What the speaker had said. If they have said more by now, they were not silent.</param>
/// <param name="At">When the timer rang.</param>
internal sealed record SilencePassed(WatchedLane Lane, long At) : TimerRang(At);

/// <summary>A speaker has paused for a moment.</summary>
/// <param name="Pause">The pause. If the speaker has said more by now, it is over.</param>
/// <param name="Sec">How long it is by now, in seconds.</param>
/// <param name="At">When the timer rang.</param>
internal sealed record PausePassed(SpeakerPause Pause, double Sec, long At) : TimerRang(At);

/// <summary>A source that has open text was silent for as long as it is waited for.</summary>
/// <param name="Source">The source.</param>
/// <param name="Heard">How many deliveries it had sent when the wait began.</param>
/// <param name="At">When the timer rang.</param>
internal sealed record GracePassed(string Source, long Heard, long At) : TimerRang(At);

/// <summary>A conversation whose end was asked for waits for nothing more.</summary>
/// <param name="At">When the timer rang.</param>
internal sealed record DrainPassed(long At) : TimerRang(At);
