using System.Globalization;
using Microsoft.Extensions.Logging;
using Parley.Cli.Display;

namespace Parley.Cli.Serve;

/// <summary>The server's log on standard error, a line for each event: time, level, text, and the exception where there is one.</summary>
internal sealed class TerminalLogProvider(Terminal terminal) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new TerminalLog(this);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string text)
    {
        var time = terminal.Clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var (name, colour) = level switch
        {
            LogLevel.Trace => ("trace", "90"),
            LogLevel.Debug => ("debug", "90"),
            LogLevel.Information => ("info ", "32"),
            LogLevel.Warning => ("warn ", "33"),
            _ => ("error", "31"),
        };
        // The lines of an exception stay lines.
        var safe = string.Join("\n    ", text.Split('\n').Select(SafeText.Of));
        var shown = terminal.IsInteractive ? $"\e[90m{time}\e[0m \e[{colour}m{name}\e[0m {safe}" : $"{time} {name} {safe}";
        lock (_lock) terminal.Error.WriteLine(shown);
    }

    private sealed class TerminalLog(TerminalLogProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            provider.Write(logLevel, exception is null ? text : $"{text}: {exception}");
        }
    }
}
