using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.IntegrationTests.Server;

/// <summary>What one instrument of one server has counted since this was made, over all of its tags.</summary>
internal sealed class InstrumentSum : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<(long Value, TaskCompletionSource Reached)> _awaited = [];
    private long _value;

    public InstrumentSum(ParleyServer server, string name)
    {
        var meters = server.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Add(value));
        _listener.Start();
    }

    public long Value
    {
        get
        {
            lock (_lock) return _value;
        }
    }

    /// <summary>Returns once it has that value.</summary>
    public Task BecomesAsync(long value)
    {
        lock (_lock)
        {
            if (_value == value) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((value, reached));
            return reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(long value)
    {
        lock (_lock)
        {
            _value += value;
            foreach (var (_, reached) in _awaited.Where(awaited => awaited.Value == _value)) reached.TrySetResult();
            _awaited.RemoveAll(awaited => awaited.Value == _value);
        }
    }
}
