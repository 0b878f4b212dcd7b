using System.Diagnostics;
using Parley.Conversations.Intake;

namespace Parley.Conversations.Running;

/// <summary>A call of a sender, another caller or a timer, from when it came until it has its receipt.</summary>
/// <param name="at">When it came.</param>
/// <param name="sequence">The sender's number of what it sent; 0 if it is no delivery.</param>
/// <param name="answer">Takes the receipt; null for a timer.</param>
/// <param name="source">The sender's source of what it sent; empty if it is no delivery.</param>
/// <param name="activity">Ends with the receipt; null while nobody traces.</param>
internal sealed class Call(
    long at, long sequence, TaskCompletionSource<Receipt>? answer, string source = "", Activity? activity = null) : Ticket(sequence)
{
    public string Source => source;

    public bool IsAnswered => answer is null or { Task.IsCompleted: true };

    public long At => at;

    public Activity? Activity => activity;

    public bool IsDelivery => Sequence != 0;

    /// <summary>A call of a timer: nothing waits for its receipt.</summary>
    public static Call OfTimer(TimerRang rang) => new(rang.At, sequence: 0, answer: null);

    public void Answer(in Receipt receipt) => answer?.TrySetResult(receipt);

    public void Fail(Exception problem) => answer?.TrySetException(problem);
}
