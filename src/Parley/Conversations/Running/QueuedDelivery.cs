using Parley.Conversations.Intake;

namespace Parley.Conversations.Running;

/// <summary>A delivery that a conversation has room for.</summary>
/// <param name="Receipt">
/// Completes once nothing of the delivery can be lost any more. It may fail with
/// <see cref="System.Threading.Channels.ChannelClosedException"/>, when the conversation was put away before, or with an exception of the
/// log: then the delivery must be sent again.
/// </param>
public readonly record struct QueuedDelivery(Task<Receipt> Receipt);
