using System.Diagnostics;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>What was handed to a conversation and waits for its loop: an input, a delivery, or a look.</summary>
/// <param name="Input">The input.</param>
/// <param name="Delivery">The delivery.</param>
/// <param name="Answer">Where the receipt goes; null where nobody waits for one.</param>
/// <param name="Look">The look.</param>
/// <param name="At">When it was handed in.</param>
/// <param name="Activity">Ends with the answer; null while nobody traces.</param>
internal sealed record Post(
    ConversationInput? Input = null,
    Delivery? Delivery = null,
    TaskCompletionSource<Receipt>? Answer = null,
    Look? Look = null,
    long At = 0,
    Activity? Activity = null)
{
    /// <summary>What was decided, where that was done as it came: it is told after the append. Null where the intake has it.</summary>
    public Receipt? Receipt { get; set; }

    public void Fail(Exception problem)
    {
        Answer?.TrySetException(problem);
        Look?.Fail(problem);
    }
}

/// <summary>Somebody wants to know something, between two inputs.</summary>
internal sealed record Look(Action<ConversationState> Read, Action<Exception> Fail);
