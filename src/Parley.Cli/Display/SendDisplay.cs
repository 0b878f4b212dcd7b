using System.Globalization;
using Parley.Asr;
using Parley.Cli.Remote;
using Parley.Client;
using Parley.Protocol;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>How sending goes: in a terminal one line that is drawn over, in a pipe a line for each thing that happens, on standard error.</summary>
internal sealed class SendDisplay : IAsyncDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly SendReport _report;
    private readonly LiveRegion? _region;
    private readonly ITimer? _timer;
    private bool _isAway;
    private Func<int> _waiting = () => 0;
    private bool _isDone;

    public SendDisplay(Terminal terminal, SendReport report)
    {
        (_terminal, _report) = (terminal, report);
        if (!terminal.IsInteractive) return;
        _region = new LiveRegion(terminal);
        _timer = terminal.Clock.CreateTimer(_ => Draw(), null, Frame, Frame);
    }

    /// <summary>Says where to; in a pipe that is all there is on standard output.</summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="waiting">How many messages are not acknowledged.</param>
    public void Begin(string streamId, Func<int> waiting)
    {
        _waiting = waiting;
        if (_region is not null)
        {
            Say(ConversationRows.Plain($"To see it: parley watch {streamId}"));
            return;
        }

        _terminal.Output.WriteLine(streamId);
        _terminal.Output.Flush();
    }

    public void Detected(AsrDetection detection) => Say($"format {detection.Format.Name}, because {detection.Reason}");

    public void Refused(string reason) => Say(SafeText.Of(reason), isAlarm: true);

    public void Warned(string warning) => Say(SafeText.Of(warning));

    public void Stopping(int waiting)
    {
        if (waiting > 0) Say(Invariant($"Stopping: {waiting} not acknowledged yet. Ctrl-C again gives them up."));
    }

    public void Ended(SessionStats stats) =>
        Say(WatchLines.Of(stats));

    public void Connection(ConnectionStatus status)
    {
        if (ConnectionLines.IsNews(status) && !_isAway)
        {
            _isAway = true;
            Say(ConnectionLines.Of(status), isAlarm: true);
        }

        if (status.State != ConnectionState.Connected || !_isAway) return;
        _isAway = false;
        Say("Connected again.");
    }

    public void Done(SendReport report, bool wasStopped)
    {
        lock (_lock)
        {
            _isDone = true;
            _region?.Draw([], []);
        }

        Write(Invariant($"{report.Sent} sent, {report.Sent - report.Waiting} acknowledged, {report.Unwell} refused.{(wasStopped ? " Stopped before the end of the input." : "")}"), isAlarm: report.Waiting > 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
        lock (_lock)
        {
            if (!_isDone) _region?.Draw([], []);
        }

        if (_region is not null) await _region.CloseAsync();
    }

    private void Draw()
    {
        lock (_lock)
        {
            if (_isDone || _region is null) return;
            _region.Draw([], [Line()]);
        }
    }

    private void Say(IRenderable text)
    {
        lock (_lock)
        {
            if (_region is null) return;
            _region.Draw([text], _isDone ? [] : [Line()]);
        }
    }

    private void Say(string text, bool isAlarm = false)
    {
        if (_region is null) Write(text, isAlarm);
        else Say(isAlarm ? ConversationRows.Alarm(text) : ConversationRows.Plain(text));
    }

    private void Write(string text, bool isAlarm)
    {
        if (_region is null) _terminal.Error.WriteLine(text);
        else _region.Console.Write(isAlarm ? ConversationRows.Alarm(text) : ConversationRows.Plain(text));
    }

    private IRenderable Line()
    {
        var waiting = _waiting();
        var state = _isAway ? "  not connected" : "";
        return ConversationRows.Progress(_report.Fraction, Invariant($"{_report.Sent} sent  {Math.Max(0, _report.Sent - waiting)} acknowledged  {_report.Unwell} refused{state}"), _region!.Console.Profile.Width);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
