namespace Parley.Work;

/// <summary>Does the work of one workflow. The extension point for workflows of one's own.</summary>
public interface IWorkflowHandler
{
    /// <summary>Its name and version, such as <c>answer/1</c>. A new version may do old work again.</summary>
    string Version { get; }

    /// <summary>Does some work. It may be called again for the same items: after an error, and after a restart.</summary>
    /// <param name="batch">The items, all of one stream, oldest first.</param>
    /// <param name="attempt">The number of this attempt, and how to report progress.</param>
    /// <param name="cancellationToken">Cancelled at the time-out and at shutdown; a handler that does not listen is abandoned.</param>
    /// <returns>One result for each item, in their order.</returns>
    /// <exception cref="WorkRefusedException">Trying again is of no use.</exception>
    /// <exception cref="ModelUnavailableException">A model does not answer for now; it may have said when to try again.</exception>
    ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken);
}
