using System.CommandLine;
using System.Text.Json;
using Parley.Asr;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Commands;

/// <summary><c>parley convert</c>: a recogniser's messages in, chunks out.</summary>
internal static class ConvertCommand
{
    private const string Lesson =
        """
        INPUT is one message a line, as the recogniser sent it. What is still open at its end is written too. A speaker who is named only after
        the text was written keeps the name it was written with.

        Examples:
          parley convert samples/asr/deepgram.jsonl --format deepgram > chunks.jsonl
          my-recogniser | parley convert - --format auto | my-program
        """;

    public static Command Build(Terminal terminal)
    {
        var input = CommonArguments.Input("A recogniser's messages, one a line");
        var format = CommonArguments.Format("Whose messages (see parley formats), or auto to tell by their shape.", [RecogniserFormat.Auto]);
        var commitWithdrawn = CommonArguments.CommitWithdrawn();
        var smoothSpeakerWords = CommonArguments.SmoothSpeakerWords();
        var command = new TaughtCommand("convert", "Turn a recogniser's messages into chunks, one JSON object a line.", Lesson)
        {
            input, format, commitWithdrawn, smoothSpeakerWords,
        };
        command.SetAction((result, cancellationToken) => ConvertAsync(
            terminal,
            result.GetRequiredValue(input),
            result.GetRequiredValue(format),
            new AsrConfig
            {
                CommitsWithdrawn = result.GetValue(commitWithdrawn),
                SmoothSpeakerWords = (int)result.GetValue(smoothSpeakerWords),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> ConvertAsync(
        Terminal terminal, string path, string format, AsrConfig config, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(path, terminal);
        var lines = new ChunkLines(input);
        var messages = new RecogniserMessages(
            format, config, told => terminal.Error.WriteLine($"format {told.Format.Name}, because {told.Reason}"));
        using var writer = new Utf8JsonWriter(terminal.OutputBytes, ProtocolJson.WriterOptions);
        var outputs = new List<AsrOutput>();
        var exitCode = ExitCode.Success;
        try
        {
            while (!terminal.IsOutputClosed && await lines.ReadAsync(cancellationToken))
            {
                messages.Take(lines.Line, outputs);
                Write(lines.Number);
                if (!lines.HasMore) await terminal.OutputBytes.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            exitCode = ExitCode.Cancelled;
        }

        messages.End(outputs);
        Write(lines.Number);
        foreach (var (anomaly, count) in messages.Anomalies()) await terminal.Error.WriteLineAsync($"{anomaly}: {count}");
        await terminal.OutputBytes.FlushAsync(CancellationToken.None);
        if (exitCode != ExitCode.Cancelled && UnreadLines.Advice(messages.Format, messages.Unread, lines.Number) is { } advice)
            throw new CommandException(advice);
        return terminal.IsOutputClosed ? ExitCode.OutputClosed : exitCode;

        void Write(long line)
        {
            foreach (var output in outputs)
            {
                if (output.Kind == AsrOutputKind.Committed) WriteChunk(writer, terminal.OutputBytes, output.Chunk);
                if (output is not { Kind: AsrOutputKind.Anomaly, Anomaly: AsrAnomaly.Malformed }) continue;
                terminal.Error.WriteLine($"line {line} refused: {output.Detail}");
                exitCode = ExitCode.Refused;
            }

            outputs.Clear();
        }
    }

    private static void WriteChunk(Utf8JsonWriter writer, Stream output, in StreamChunk chunk)
    {
        writer.WriteStartObject();
        writer.WriteNumber("start"u8, chunk.Start);
        writer.WriteNumber("end"u8, chunk.End);
        writer.WriteString("text"u8, chunk.Text);
        writer.WriteString("speaker_id"u8, chunk.SpeakerId);
        chunk.Details?.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
        output.WriteByte((byte)'\n');
    }
}
