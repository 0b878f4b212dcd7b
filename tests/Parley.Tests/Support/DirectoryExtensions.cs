using Parley.Conversations.Intake;
using Parley.Conversations.Running;

namespace Parley.Tests.Support;

/// <summary>Ways to use a directory that only tests need.</summary>
internal static class DirectoryExtensions
{
    /// <summary>Sends a delivery and waits for its receipt; null where there is no conversation of that name.</summary>
    public static async Task<Receipt?> SayAsync(
        this ConversationDirectory directory, string stream, Delivery delivery, CancellationToken cancellationToken = default) =>
        await directory.SendAsync(stream, delivery, cancellationToken) is { } queued ? await queued.Receipt.WaitAsync(cancellationToken) : null;
}
