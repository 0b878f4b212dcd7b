using Parley.Work;

namespace Parley.IntegrationTests.Work;

/// <summary>Never answers.</summary>
internal sealed class HangingHandler : IWorkflowHandler
{
    public string Version => "hanging/1";

    public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return [];
    }
}

/// <summary>Always fails.</summary>
internal sealed class FailingHandler : IWorkflowHandler
{
    public string Version => "failing/1";

    public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken) =>
        throw new ModelUnavailableException("unavailable");
}
