using System.Text.Json;

namespace Parley.Protocol;

/// <summary>
/// An ASR_MESSAGE whose vendor part was not read, but copied: whoever understands the format parses it, once. Reading it makes no document, so that
/// a message costs one look for its fields, and one copy.
/// </summary>
internal readonly record struct RawAsrMessage(long Sequence, string Format, ReadOnlyMemory<byte> Message, string? Source)
{
    /// <summary>
    /// Reads a message where it is an ASR_MESSAGE and nothing about it is unusual. False leaves it to <see cref="ClientMessage.Parse"/>, which says
    /// what is wrong with it, if anything is.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out RawAsrMessage message)
    {
        message = default;
        // Most messages are chunks, which this look rules out.
        if (utf8.IndexOf("ASR_MESSAGE"u8) < 0) return false;
        try
        {
            var fields = new Fields();
            if (!fields.TryRead(utf8)) return false;
            message = new(fields.Sequence, fields.Format!, fields.Message!, fields.Source);
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private ref struct Fields
    {
        private bool _isAsrMessage;

        public long Sequence { get; private set; }

        public string? Format { get; private set; }

        public string? Source { get; private set; }

        public byte[]? Message { get; private set; }

        public bool TryRead(ReadOnlySpan<byte> utf8)
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadField(ref reader, utf8)) return false;
            }

            // Nothing may follow.
            return !reader.Read() && _isAsrMessage && Sequence > 0 && Format is not null && Message is not null;
        }

        // A field that comes twice is unusual.
        private bool TryReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                if (_isAsrMessage || !reader.Read() || reader.TokenType != JsonTokenType.String) return false;
                return _isAsrMessage = reader.ValueTextEquals("ASR_MESSAGE"u8);
            }

            if (reader.ValueTextEquals("sequence"u8))
            {
                if (Sequence != 0 || !reader.Read() || reader.TokenType != JsonTokenType.Number) return false;
                if (!reader.TryGetInt64(out var sequence)) return false;
                Sequence = sequence;
                return sequence > 0;
            }

            if (reader.ValueTextEquals("format"u8))
            {
                if (Format is not null || !reader.Read() || reader.TokenType != JsonTokenType.String) return false;
                Format = reader.GetString();
                return true;
            }

            if (reader.ValueTextEquals("source"u8))
            {
                if (Source is not null || !reader.Read() || reader.TokenType != JsonTokenType.String) return false;
                Source = reader.GetString();
                return Source!.Length <= Names.MaxLength;
            }

            if (!reader.ValueTextEquals("message"u8)) return reader.Read() && reader.TrySkip();
            if (Message is not null || !reader.Read() || reader.TokenType == JsonTokenType.Null) return false;
            var start = (int)reader.TokenStartIndex;
            if (!reader.TrySkip()) return false;
            Message = utf8[start..(int)reader.BytesConsumed].ToArray();
            return true;
        }
    }
}
