using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Parley.Work;

namespace Parley.OpenAI;

/// <summary>
/// Reads the JSON messages of a response, streamed or not: server-sent events with or without a space after <c>data:</c>, with comments,
/// a byte order mark, either kind of line ends and no blank line at the end; JSON lines; or one JSON document.
/// </summary>
/// <param name="stream">The body.</param>
internal sealed class ServerMessages(Stream stream)
{
    // A whole answer that is not streamed is one message.
    private const int LongestMessage = 8 * 1024 * 1024;

    // Some servers send a hundred times the text that they answer with.
    private const int LongestBody = 64 * 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private long _readBytes;

    /// <summary>Gets whether the server said that its answer is complete.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Gets whether there was something that is no message.</summary>
    public bool HasNoise { get; private set; }

    /// <summary>Gets how many bytes were parsed: no more than the body has.</summary>
    public long ParsedBytes { get; private set; }

    /// <summary>Reads the messages one by one.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidAnswerException">A message or the body is longer than any answer, or a message is broken off.</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var begun = new ArrayBufferWriter<byte>();
        var end = default(DocumentEnd);
        var isMalformed = false;
        while (await ReadLineAsync(reader, cancellationToken) is { } line)
        {
            var data = DataOf(line);
            if (IsDone) yield break;
            if (data.Length == 0) continue;

            // A document that is printed on several lines is read when its last line has come.
            begun.Write(data.Span);
            if (!isMalformed && (!CanBegin(begun.WrittenSpan) || end.IsAfter(data.Span)))
            {
                var message = Parse(begun.WrittenMemory);

                // What is no document although its brackets are balanced becomes none by what follows.
                isMalformed = message is null;
                if (message is { } whole)
                {
                    begun.Clear();
                    end = default;
                    yield return whole;
                }
            }

            if (begun.WrittenCount > LongestMessage) throw new InvalidAnswerException("the server's message is too long");
        }

        if (begun.WrittenCount > 0) throw new InvalidAnswerException("the server's message is malformed");
    }

    private async ValueTask<byte[]?> ReadLineAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var searched = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                Count(line.Length + 1);
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            searched = buffer.Length;
            if (searched > LongestMessage) throw new InvalidAnswerException("the server's message is too long");
            if (read.IsCompleted)
            {
                var rest = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return rest.Length == 0 ? null : rest;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private void Count(int bytes)
    {
        _readBytes += bytes;
        if (_readBytes > LongestBody) throw new InvalidAnswerException("the server's answer is too long");
    }

    private ReadOnlyMemory<byte> DataOf(byte[] line)
    {
        ReadOnlyMemory<byte> text = line;
        if (text.Span.StartsWith(ByteOrderMark)) text = text[ByteOrderMark.Length..];
        text = Trim(text);
        if (text.Span.StartsWith("data:"u8)) text = Trim(text["data:".Length..]);
        else if (text.Span.StartsWith(":"u8) || IsField(text.Span)) return default;
        if (text.Span.SequenceEqual("[DONE]"u8)) IsDone = true;
        return text;
    }

    private static bool IsField(ReadOnlySpan<byte> line) =>
        line.StartsWith("event:"u8) || line.StartsWith("id:"u8) || line.StartsWith("retry:"u8);

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text) => text.Trim(" \t\r"u8);

    private JsonElement? Parse(ReadOnlyMemory<byte> data)
    {
        if (!CanBegin(data.Span)) return Noise();
        ParsedBytes += data.Length;
        try
        {
            using var document = JsonDocument.Parse(data);
            var root = document.RootElement;

            // Some servers put an error into a list.
            if (root.ValueKind == JsonValueKind.Array) root = root.GetArrayLength() > 0 ? root[0] : default;
            return root.ValueKind == JsonValueKind.Object ? root.Clone() : Noise();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool CanBegin(ReadOnlySpan<byte> document) => document[0] is (byte)'{' or (byte)'[';

    private JsonElement Noise()
    {
        HasNoise = true;
        return default;
    }
}
