using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.Log;

namespace Parley.AspNetCore.Observability;

/// <summary>Whether a server can take conversations: the log can be written, its disk has room, and the open ones are back.</summary>
internal sealed class Readiness(
    Func<IEventLog?> log, string? folder, IOptions<ReadinessOptions> options, TimeProvider clock, LogWatch? watch = null) : IDisposable
{
    // Anybody may ask, and a look writes to the disk.
    private static readonly TimeSpan AnswerLasts = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogAnswersWithin = TimeSpan.FromSeconds(5);

    // Whatever the settings say: with less, one fact more may not find room. A look finds out only sometimes, since it needs very little.
    private const long LeastBytes = 64 * 1024;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private long _lookedAt;
    private ReadinessReport? _report;
    private bool _isStopping;
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until the conversations that had not ended are back.</summary>
    public Task WhenResumed => _resumed.Task;

    /// <summary>The server is about to stop, and should get no more traffic.</summary>
    public void Stopping() => Volatile.Write(ref _isStopping, true);

    /// <summary>The conversations that had not ended are back.</summary>
    public void Resumed() => _resumed.TrySetResult();

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Looks, or says what a look within the last second saw.</summary>
    public async Task<ReadinessReport> LookAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var isStopping = Volatile.Read(ref _isStopping);
            if (_report is { } report && report.IsStopping == isStopping && clock.GetElapsedTime(_lookedAt) < AnswerLasts) return report;
            var problem = await ProbeAsync();
            var least = Math.Max(options.Value.MinFreeBytes, LeastBytes);
            _report = new ReadinessReport(problem, FreeBytes(), least, _resumed.Task.IsCompleted, isStopping);
            _lookedAt = clock.GetTimestamp();
            return _report;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<string?> ProbeAsync()
    {
        if (log() is not { } there) return "it is not open";
        using var late = new CancellationTokenSource(LogAnswersWithin, clock);
        try
        {
            await there.ProbeAsync(late.Token).AsTask().WaitAsync(late.Token);
            watch?.Works();
            return null;
        }
        catch (EventLogUnavailableException unavailable)
        {
            // Where nobody sends anything, only this look finds out.
            watch?.Fails(unavailable.Message);
            return unavailable.Message;
        }
        catch (ObjectDisposedException)
        {
            return "it is closed";
        }
        catch (OperationCanceledException)
        {
            return "it does not answer";
        }
    }

    private long? FreeBytes()
    {
        try
        {
            return folder is null ? null : new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The folder is gone: not known. The log says what is wrong.
            return null;
        }
    }
}
