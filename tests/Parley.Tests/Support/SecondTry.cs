using Parley.Work;

namespace Parley.Tests.Support;

/// <summary>A handler that refuses everything until it is allowed to answer.</summary>
internal sealed class SecondTry : IWorkflowHandler
{
    private volatile bool _isAllowed;

    public string Version => "second/1";

    public void Allow() => _isAllowed = true;

    public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken) =>
        _isAllowed ? new([.. batch.Select(item => new WorkResult("Nine euros a month."))]) : throw new WorkRefusedException("not_yet");
}
