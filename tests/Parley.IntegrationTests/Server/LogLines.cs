using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Parley.IntegrationTests.Server;

/// <summary>What a server logs, as it does.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Channel<(string Event, LogLevel Level, string Text)> _lines = Channel.CreateBounded<(string, LogLevel, string)>(10_000);

    /// <summary>Waits for an event's next line; those of other events before it are left out.</summary>
    public async Task<(LogLevel Level, string Text)> NextAsync(params string[] events)
    {
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (events.Contains(line.Event)) return (line.Level, line.Text);
        }
    }

    /// <summary>The lines that were not asked for yet.</summary>
    public IEnumerable<string> Rest()
    {
        while (_lines.Reader.TryRead(out var line)) yield return line.Event;
    }

    /// <summary>The same, as they were written.</summary>
    public IEnumerable<string> RestOfTexts()
    {
        while (_lines.Reader.TryRead(out var line)) yield return line.Text;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite((eventId.Name ?? "", logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose() => _lines.Writer.TryComplete();
}
