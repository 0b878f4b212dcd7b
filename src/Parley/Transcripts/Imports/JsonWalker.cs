using System.Globalization;
using System.Text.Json;

namespace Parley.Transcripts;

/// <summary>
/// Reads the values at chosen places of a JSON document, one after the other, however long the document is. What lies between them is
/// passed over token by token; one value has to fit into memory.
/// </summary>
/// <param name="stream">The document in UTF-8. The walker does not close it.</param>
/// <param name="root">The places.</param>
internal sealed class JsonWalker(Stream stream, JsonPlace root) : IDisposable
{
    /// <summary>The maximum length of one value, in bytes.</summary>
    public const int MaxValueBytes = 32 * 1024 * 1024;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonDocumentOptions LenientValue = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly record struct Frame(JsonPlace? Place, bool IsArray, int Item);

    private readonly Stack<Frame> _frames = new();
    private readonly List<int> _indices = [];
    private JsonReaderState _state = new(Lenient);
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;
    private bool _isBegun;
    private JsonPlace? _pending = root;
    private long _lines;
    private JsonDocument? _value;

    /// <summary>Gets the value that was read last. Valid until the next read.</summary>
    public JsonElement Value => _value!.RootElement;

    /// <summary>Gets the path of its place, as declared.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Gets the line on which it begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Gets its positions in the arrays that it is in, from the outermost.</summary>
    public IReadOnlyList<int> Indices => _indices;

    /// <summary>Gets the number of the last line that was read.</summary>
    public long LastLine => _lines + 1;

    /// <summary>Reads the next value; false at the end of the document.</summary>
    /// <exception cref="TranscriptImportException">It is not JSON, or a value is too long.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _value?.Dispose();
        _value = null;
        while (true)
        {
            switch (Step())
            {
                case Found.Value: return true;
                case Found.End: return false;
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>Gets the length of the buffer, in bytes.</summary>
    public int Capacity => _buffer.Length;

    public void Dispose() => _value?.Dispose();

    private enum Found
    {
        More,
        Value,
        End,
    }

    private Found Step()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isEnd, _state);
        try
        {
            while (true)
            {
                var before = (reader.CurrentState, reader.BytesConsumed);
                if (!reader.Read())
                {
                    Consume(reader.BytesConsumed, reader.CurrentState);
                    return _isEnd ? Found.End : Found.More;
                }

                if (reader.TokenType is JsonTokenType.PropertyName)
                {
                    _pending = _frames.Peek().Place?.Field(in reader);
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    _frames.Pop();
                    continue;
                }

                var place = PlaceOfValue();
                if (place is { IsWanted: true })
                {
                    var start = (int)reader.TokenStartIndex;
                    if (!reader.TrySkip())
                    {
                        Consume(before.BytesConsumed, before.CurrentState);
                        return Found.More;
                    }

                    Take(place, start, (int)reader.BytesConsumed, reader.CurrentState);
                    return Found.Value;
                }

                CountItem();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    _frames.Push(new(place, reader.TokenType == JsonTokenType.StartArray, Item: -1));
            }
        }
        catch (JsonException malformed)
        {
            throw NotJson(malformed);
        }
    }

    private JsonPlace? PlaceOfValue() => _frames.TryPeek(out var frame) && frame.IsArray ? frame.Place?.Items : _pending;

    private void CountItem()
    {
        if (_frames.TryPeek(out var frame) && frame.IsArray) _frames.Push(_frames.Pop() with { Item = frame.Item + 1 });
    }

    private void Take(JsonPlace place, int start, int end, JsonReaderState state)
    {
        CountItem();
        _indices.Clear();
        // A stack is listed from its top.
        foreach (var frame in _frames)
        {
            if (frame.IsArray) _indices.Insert(0, frame.Item);
        }

        (Path, Line) = (place.Path, _lines + 1 + Lines(start));
        _value = JsonDocument.Parse(_buffer.AsMemory(_start + start, end - start), LenientValue);
        Consume(end, state);
    }

    private int Lines(int length) => _buffer.AsSpan(_start, length).Count((byte)'\n');

    private void Consume(long bytes, JsonReaderState state)
    {
        _lines += Lines((int)bytes);
        _start += (int)bytes;
        _state = state;
    }

    // As much as fits: a value that is longer than the buffer is looked at again from its start.
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start == 0 && _end == _buffer.Length) Grow();
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < _buffer.Length && !_isEnd)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _isEnd = read == 0;
            _end += read;
        }

        if (!_isBegun) SkipByteOrderMark();
    }

    // Some programs write one, and JSON has none.
    private void SkipByteOrderMark()
    {
        _isBegun = true;
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8)) _start = 3;
    }

    private void Grow()
    {
        if (_buffer.Length >= MaxValueBytes)
        {
            throw new TranscriptImportException(
                string.Create(CultureInfo.InvariantCulture, $"a value of the JSON is longer than {MaxValueBytes} bytes"), LastLine);
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private TranscriptImportException NotJson(JsonException malformed)
    {
        var line = malformed.LineNumber + 1;
        return _isEnd && _frames.Count > 0 && IsCut()
            ? new("the JSON ends before it is complete", line, malformed)
            : new("not valid JSON", line, malformed);
    }

    // Whether nothing is wrong but that more is missing.
    private bool IsCut()
    {
        try
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), isFinalBlock: false, _state);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
