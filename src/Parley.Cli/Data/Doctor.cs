using System.Globalization;
using Parley.Cli.Display;
using Parley.Conversations.Replay;
using Parley.Log;
using Parley.OpenAI;
using Parley.Storage.Sqlite;
using Parley.Work;
using Spectre.Console;

namespace Parley.Cli.Data;

/// <summary>Looks at a data folder from all sides. What one look finds does not keep the next from looking.</summary>
internal sealed class Doctor(Terminal terminal)
{
    private const int Replayed = 5;
    private const long LeastFreeBytes = 256L << 20;

    // A local server may have to load the model first.
    private static readonly TimeSpan ModelAnswersWithin = TimeSpan.FromSeconds(60);

    private readonly IAnsiConsole? _console =
        terminal.IsInteractive ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) }) : null;

    private int _problems;

    public async Task<int> ExamineAsync(string folder, ChatModel? model, CancellationToken cancellationToken)
    {
        DataFolder.Check(folder);
        var file = DataFolder.LogFile(folder);
        try
        {
            await using var log = await DataFolder.OpenAsync(folder, terminal.Clock, cancellationToken);
            Well(Invariant($"{file} can be read and written, {Size(Bytes(file) + Bytes($"{file}-wal"))}"));
            await LookAsync("pages", () => PagesAsync(log, cancellationToken));
            await LookAsync("streams", () => StreamsAsync(log, cancellationToken));
        }
        catch (CommandException unopened)
        {
            Unwell(unopened.Message);
        }

        Disk(folder);
        if (model is not null) await ModelAsync(model, cancellationToken);
        return _problems == 0 ? ExitCode.Success : ExitCode.Unwell;
    }

    private async Task PagesAsync(SqliteEventLog log, CancellationToken cancellationToken)
    {
        var check = await log.CheckAsync(cancellationToken);
        Well(Invariant($"schema version {check.SchemaVersion}"));
        foreach (var fault in check.Faults) Unwell($"pages: {fault}");
        if (check.Faults.Count == 0) Well("every page is whole");
        else Unwell("the file is damaged; put a backup in its place, or save what can be read: parley doctor --repair DIR");
    }

    private async Task StreamsAsync(SqliteEventLog log, CancellationToken cancellationToken)
    {
        var heads = await log.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        int Count(StreamState state) => heads.Count(head => head.State == state);
        Well(Invariant($"conversations: {Count(StreamState.Open)} open, {Count(StreamState.Ended)} ended, {Count(StreamState.Erased)} erased"));
        var newest = heads.Where(head => head.State != StreamState.Erased).Reverse().Take(Replayed);
        foreach (var head in newest) await LookAsync(head.Stream, () => ReplayAsync(log, head.Stream, cancellationToken));
    }

    private async Task ReplayAsync(SqliteEventLog log, string stream, CancellationToken cancellationToken)
    {
        var report = await ConversationReplay.VerifyAsync(log, stream, cancellationToken: cancellationToken);
        if (report.Differences.Count > 0) Unwell($"{stream} does not replay to what is stored; parley replay {stream} --verify says where");
        else if (report.NotVerifiable > 0) Well(Invariant($"{stream} was read by other rules: {report.NotVerifiable} of {report.Facts} facts are not verifiable"));
        else Well(Invariant($"{stream} replays to the bit, {report.Facts} facts"));
    }

    private void Disk(string folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free >= LeastFreeBytes) Well($"{Size(free)} free on the disk");
        else Unwell($"only {Size(free)} free on the disk; make room, or what is said cannot be kept");
    }

    private async Task ModelAsync(ChatModel model, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(ModelAnswersWithin, terminal.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        if (await model.CheckAsync(either.Token) is not { } problem) Well($"the model answers; its server takes {model.GetService<EndpointProfile>()}");
        else Unwell($"the model does not work: {SafeText.Of(problem.ToString())}");
    }

    private async Task LookAsync(string what, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception problem) when (problem is EventLogUnavailableException or InvalidDataException or StreamErasedException)
        {
            Unwell($"{what}: {problem.Message}");
        }
    }

    private void Well(string text) => Write("ok", Color.Green, text);

    private void Unwell(string text)
    {
        _problems++;
        Write("problem", Color.Red, text);
    }

    private void Write(string verdict, Color color, string text)
    {
        if (_console is null) terminal.Output.WriteLine($"{verdict,-7} {text}");
        else _console.Write(new Paragraph().Append($"{verdict,-7} ", new Style(color)).Append($"{text}\n"));
    }

    private static long Bytes(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => Invariant($"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => Invariant($"{bytes / (double)(1L << 20):0.0} MB"),
        _ => Invariant($"{bytes / 1024.0:0} kB"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
