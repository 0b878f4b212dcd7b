using System.Reflection;
using Parley.Log;

namespace Parley.IntegrationTests.Server;

/// <summary>A log in memory that a test has fail. It outlives the servers that use it.</summary>
public class FaultyLog : DispatchProxy
{
    // As what it is to a call, not as a log: it is never closed.
    private readonly object _log = new MemoryEventLog();

    /// <summary>Gets or sets what a call fails with, by the name of its method; null lets it through.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    /// <summary>Gets or sets what is read in place of the facts that viewers get.</summary>
    public Func<IAsyncEnumerable<LogRecord>, IAsyncEnumerable<LogRecord>> Changed { get; set; } = events => events;

    /// <summary>Creates one: as a log, and as what the test holds of it.</summary>
    public static (IEventLog Log, FaultyLog Faults) Create()
    {
        var log = Create<IEventLog, FaultyLog>();
        return (log, (FaultyLog)(object)log);
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IAsyncDisposable.DisposeAsync)) return ValueTask.CompletedTask;
        if (Fault(targetMethod.Name) is { } fault) throw fault;
        var answer = targetMethod.Invoke(_log, BindingFlags.DoNotWrapExceptions, null, args, null);
        return targetMethod.Name == nameof(IEventLog.ReadEventsAsync) ? Changed((IAsyncEnumerable<LogRecord>)answer!) : answer;
    }
}
