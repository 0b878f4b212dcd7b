using System.CommandLine;
using Parley.Cli.Data;
using Parley.Cli.Display;
using Parley.Cli.Llm;
using Parley.Cli.Run;
using Parley.Context;
using Parley.Log;
using Parley.Protocol;
using Parley.Transcripts;
using Parley.Work;

namespace Parley.Cli.Commands;

/// <summary><c>parley run</c>: a conversation, shown as it unfolds and written down.</summary>
internal static class RunCommand
{
    private const string Lesson =
        """
        INPUT is JSON Lines, one chunk of recognised text a line, times in seconds:
          {"start": 0.4, "end": 1.1, "text": "good morning", "speaker_id": "ana"}
        or a finished transcript, known by its content (see parley formats).

        Examples:
          parley run meeting.jsonl                       writes to ./parley-out/meeting/
          parley run meeting.jsonl --speed 10            ten times as fast as it was said
          my-recogniser | parley run - --out today       live, from a pipe
          parley run deepgram.jsonl --format deepgram    a recogniser's own messages; auto tells which
          parley run whisper.json                        a finished transcript: JSON of recognisers, SRT, WebVTT, a parley transcript
          parley run meeting.jsonl --data ./data         keeps it: see parley streams
          parley run meeting.jsonl --formats srt,ttml --line-length 37
          parley run meeting.jsonl --llm http://localhost:11434/v1 --model llama3    has a model answer, list and summarise
          parley run call.jsonl --data ./data --title "Ferry bookings" --external-id crm/4711 --label team=sales

        Exit codes: 0 all chunks accepted and all work done, 1 some chunks refused, 2 wrong usage, or files that cannot be used or hold
        no chunk, 4 all chunks accepted, but work of the model failed, was dropped or came too late,
        130 stopped by Ctrl-C (outputs are written).
        """;

    public static Command Build(Terminal terminal)
    {
        var input = CommonArguments.Input("Chunks as JSON Lines, or a finished transcript");
        var maxGap = CommonArguments.MaxGap();
        var overlap = CommonArguments.Overlap("lanes");
        var output = new Option<string?>("--out", "-o") { Description = "Folder to write to. Default: ./parley-out/<input's name>/.", HelpName = "DIR" };
        var format = CommonArguments.Format(
            "What the input is: plain chunks, a recogniser's messages or a finished transcript (see parley formats), or auto to tell by its "
            + "shape. Without it, chunks or a finished transcript.",
            [RunSettings.Chunks, RecogniserFormat.Auto, .. ImportFormats.All.Select(known => known.Name)],
            RunSettings.Chunks);
        var speed = CommonArguments.Number(
            "--speed", "X", "Replay at this many times real time. Default: as fast as the input comes.", x => x is > 0 and <= 1000, "more than 0 and at most 1000");
        var data = new DataOption(terminal, "Folder to keep the conversation in, made where it is missing. Default: PARLEY_DATA, else nothing but the outputs is kept.");
        var durability = DataOption.Durability();
        var llm = new LlmOptions(terminal);
        var redaction = new RedactionOptions(
            "Take card, account, sort code, social security and phone numbers and e-mail addresses out before anything is kept or sent on; "
            + "not names or places.");
        var commitWithdrawn = CommonArguments.CommitWithdrawn();
        var smoothSpeakerWords = CommonArguments.SmoothSpeakerWords();
        var description = new DescriptionOptions();
        var formats = new Option<string?>("--formats")
        {
            Description = $"Formats of the transcript to write, separated by commas. Default: {RunFormats.DefaultNames}.",
            HelpName = string.Join(',', TranscriptFormats.Names),
        };
        var exports = new ExportOptions();
        var prices = new PriceOptions();
        var prompts = new PromptOptions();
        var strict = new Option<bool>("--strict") { Description = "Stop at the first refused chunk, with what there is." };

        var command = new TaughtCommand("run", "Follow a conversation: show it as it unfolds; write its transcript, what it means, and its log.", Lesson)
        {
            input, maxGap, overlap, output, data, durability, format, speed,
            description.Title, description.ExternalId, description.Labels, description.Language,
            llm.Url, llm.Model, prices.Input, prices.Output, prices.Currency, prompts.Prompts, prompts.Languages,
            redaction.Redact, redaction.Patterns, redaction.Regions, commitWithdrawn, smoothSpeakerWords, strict, formats,
        };
        exports.AddTo(command);
        command.SetAction((result, cancellationToken) => FollowAsync(
            terminal,
            result.GetRequiredValue(input),
            result.GetValue(output),
            data.FolderOf(result),
            result.GetValue(durability),
            description.Of(result),
            new RunSettings(
                result.GetValue(maxGap),
                result.OverlapMode(overlap),
                result.GetValue(speed) is > 0 and var times ? times : null,
                result.GetValue(strict),
                result.GetRequiredValue(format),
                result.GetValue(redaction.Redact),
                result.GetValue(commitWithdrawn),
                (int)result.GetValue(smoothSpeakerWords)) { Redaction = redaction.Read(result) },
            result.GetResult(format) is { Implicit: false },
            RunFormats.Of(result, formats, exports),
            llm.Open(result, prices.Read(result)),
            prompts.Read(result),
            cancellationToken));
        return command;
    }

    private static async Task<int> FollowAsync(
        Terminal terminal, string path, string? folder, string? data, string? durability, StreamDescription description,
        RunSettings settings, bool isFormatNamed, RunExports exports, ChatModel? model, PromptLibrary prompts,
        CancellationToken cancellationToken)
    {
        if (durability is not null && data is null) throw new CommandException("--durability says how to keep a conversation: name the folder with --data DIR.");
        await using var input = InputFile.Open(path, terminal);
        await using IEventLog log = data is null ? new MemoryEventLog() : await DataFolder.OpenOrCreateAsync(data, durability, terminal.Clock, cancellationToken);
        if (description.ExternalId is { } id && await log.FindExternalAsync(tenant: null, id, cancellationToken) is { } other)
            throw new CommandException($"{other.Stream} has the external id {id} already, and a run is a new conversation.");
        var name = path == "-" ? "the standard input" : path;
        var opened = await RunInputs.OpenAsync(input, name, settings, isFormatNamed, cancellationToken);
        await using var output = OutputFolder.Create(folder ?? Path.Combine("parley-out", InputFile.Name(path)), exports);
        await using IRunDisplay display = terminal.IsInteractive ? new LiveRunDisplay(terminal) : new PlainRunDisplay(terminal);
        opened.Tell(display.Detected);
        var ofLanguage = settings with { Language = description.Language };
        var run = new ConversationRun(ofLanguage, log, output.Events, display, terminal.Clock, model, prompts) { Description = description };
        var outcome = await run.FollowAsync(opened, InputFile.Length(input), cancellationToken);
        await output.WriteAsync(outcome);
        await display.DoneAsync(outcome, output.Path);
        if (!outcome.WasCancelled) await LlmOptions.TellProblemAsync(model, terminal);
        foreach (var line in UndoneWork.Lines(outcome.Report, data)) await terminal.Error.WriteLineAsync(line);
        if (data is not null) await terminal.Error.WriteLineAsync($"Kept in {data}. Again: parley replay {output.Events.StreamId} --data {data}");
        if (!outcome.WasCancelled && outcome.Report.Format == RunSettings.Chunks
            && UnreadLines.NoChunks(outcome.Report.Refused, outcome.Report.Lines) is { } hint)
            throw new CommandException(hint);
        if (!outcome.WasCancelled && UnreadLines.Advice(outcome.Report.Format, outcome.Report.Unread, outcome.Report.Lines) is { } advice)
            throw new CommandException(advice);
        return outcome switch
        {
            { WasCancelled: true } => ExitCode.Cancelled,
            { Report.Refused: > 0 } => ExitCode.Refused,
            _ when UndoneWork.Has(outcome.Report) => ExitCode.WorkUndone,
            _ => ExitCode.Success,
        };
    }
}
