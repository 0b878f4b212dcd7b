using System.CommandLine;
using System.Text.Json;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Commands;

/// <summary><c>parley segment</c>: the contract as a filter, chunks in and events out.</summary>
internal static class SegmentCommand
{
    private const string Lesson =
        """
        Follows the streaming contract to the letter: overlapping chunks are rejected unless you ask for lanes. A refused chunk is one line
        on standard error, {"line":3,"error":"text: missing"}, and the rest goes on.

        Examples:
          parley segment chunks.jsonl --ids
          my-recogniser | parley segment - | grep final_segment
        """;

    public static Command Build(Terminal terminal)
    {
        var input = CommonArguments.Input("Chunks as JSON Lines");
        var maxGap = CommonArguments.MaxGap();
        var overlap = CommonArguments.Overlap("reject");
        var boundaries = new Option<bool>("--boundaries") { Description = "Also report chunks as given, and where turns end." };
        var ids = new Option<bool>("--ids") { Description = "Number events and segments." };
        var command = new TaughtCommand("segment", "Turn chunks into segment events, one JSON object a line.", Lesson) { input, maxGap, overlap, boundaries, ids };
        command.SetAction((result, cancellationToken) => SegmentAsync(
            terminal,
            result.GetRequiredValue(input),
            new StreamConfig
            {
                MaxGapSec = result.GetValue(maxGap),
                Overlap = result.OverlapMode(overlap),
                EmitChunkBoundaries = result.GetValue(boundaries),
                EmitTurnBoundaries = result.GetValue(boundaries),
                EmitIds = result.GetValue(ids),
                StreamId = result.GetValue(ids) ? StreamId.From(Guid.NewGuid()) : null,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> SegmentAsync(Terminal terminal, string path, StreamConfig config, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(path, terminal);
        var output = terminal.OutputBytes;
        var chunks = new ChunkLines(input);
        var session = new StreamingSession(config);
        using var writer = new Utf8JsonWriter(output, ProtocolJson.WriterOptions);
        var exitCode = ExitCode.Success;
        try
        {
            while (!terminal.IsOutputClosed && await chunks.ReadAsync(cancellationToken))
            {
                try
                {
                    Write(session.IngestChunk(chunks.Parse()));
                }
                catch (Exception refusal) when (refusal is ChunkFormatException or ChunkRefusedException)
                {
                    exitCode = ExitCode.Refused;
                    await terminal.Error.WriteLineAsync(Refusal(chunks.Number, refusal.Message));
                }

                if (!chunks.HasMore) await output.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            exitCode = ExitCode.Cancelled;
        }

        Write(session.EndOfStream());
        await output.FlushAsync(CancellationToken.None);
        return terminal.IsOutputClosed ? ExitCode.OutputClosed : exitCode;

        void Write(StreamEvents events)
        {
            foreach (var e in events)
            {
                StreamEventJson.Write(writer, e);
                writer.Flush();
                writer.Reset();
                output.WriteByte((byte)'\n');
            }
        }
    }

    private static string Refusal(long line, string error)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ProtocolJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("line"u8, line);
            writer.WriteString("error"u8, error);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
