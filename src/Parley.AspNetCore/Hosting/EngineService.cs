using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Observability;
using Parley.Log;

namespace Parley.AspNetCore.Hosting;

/// <summary>Starts the engine with the host, brings open conversations back, and drains at the end.</summary>
internal sealed partial class EngineService(
    ServerEngine engine,
    Readiness readiness,
    StreamLimits limits,
    IOptions<ParleyOptions> options,
    ILogger<EngineService> log) : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _resuming = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(cancellationToken);
        if (options.Value.Data is { } folder) LogOpened(folder, options.Value.Durability.ToString());
        else if (engine.Log is MemoryEventLog) LogInMemory();
        else LogReplaced(engine.Log.GetType().Name);
        _resuming = Task.Run(ResumeAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _resuming;
        await engine.DisposeAsync();
        LogClosed();
    }

    /// <summary>A host that could not start does not stop, either: nothing goes on behind it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _resuming;
        _stop.Dispose();
    }

    private async Task ResumeAsync()
    {
        try
        {
            await foreach (var open in engine.Log.ListOpenAsync(_stop.Token)) limits.Found(open.Client, open.Stream);
            await engine.Directory.ResumeAsync(LogNotResumed, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception problem)
        {
            // Whoever sends to a conversation brings it back, or learns what is wrong with it.
            LogNotResumed(problem);
        }

        readiness.Resumed();
        await ReadOpenAsync();
    }

    // A conversation that goes on from a checkpoint would take input whose beginning cannot be read. One at a time, in the background.
    private async Task ReadOpenAsync()
    {
        try
        {
            await foreach (var open in engine.Log.ListOpenAsync(_stop.Token))
            {
                if (!engine.Directory.Unreadable.ContainsKey(open.Stream)) await ReadAsync(open.Stream);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or EventLogUnavailableException)
        {
            // Every call that needs the log meets the same problem and reports it.
            return;
        }
        catch (Exception problem)
        {
            // The server goes on, and closes its log when it stops.
            LogNotResumed(problem);
        }
    }

    private async Task ReadAsync(string stream)
    {
        try
        {
            await engine.Directory.CheckAsync(stream, _stop.Token);
        }
        catch (StreamUnreadableException problem)
        {
            engine.Directory.MarkUnreadable(problem);
        }
        catch (StreamErasedException)
        {
            return;
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Conversations are kept in {Folder} ({Durability})", EventName = "LogOpened")]
    private partial void LogOpened(string folder, string durability);

    [LoggerMessage(1002, LogLevel.Information, "Conversations are kept in memory, and end with this process", EventName = "LogInMemory")]
    private partial void LogInMemory();

    [LoggerMessage(1006, LogLevel.Information, "Conversations are kept in a log of the application ({Type})", EventName = "LogReplaced")]
    private partial void LogReplaced(string type);

    [LoggerMessage(1003, LogLevel.Error, "Not every open conversation could be brought back", EventName = "NotResumed")]
    private partial void LogNotResumed(Exception problem);

    // Whoever asks for it learns that it is damaged.
    [LoggerMessage(1005, LogLevel.Error, "{StreamId} could not be brought back", EventName = "StreamNotResumed")]
    private partial void LogNotResumed(string streamId, Exception problem);

    [LoggerMessage(1004, LogLevel.Information, "Everything accepted is kept; the log is closed", EventName = "LogClosed")]
    private partial void LogClosed();
}
