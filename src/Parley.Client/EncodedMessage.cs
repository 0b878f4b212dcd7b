using System.Buffers;
using System.Globalization;

namespace Parley.Client;

/// <summary>
/// A message as it is sent, serialised once. Its number is filled in at each send: it changes when a message before it is refused.
/// </summary>
internal sealed class EncodedMessage
{
    private const int MaxDigits = 19;

    private readonly byte[] _utf8;
    private readonly int _numberAt;

    public EncodedMessage(OutgoingMessage message)
    {
        Message = message;
        _utf8 = message.Numbered(0).ToUtf8();
        // Nothing that a user chose stands before this field.
        _numberAt = _utf8.AsSpan().IndexOf(NumberField) + NumberField.Length;
    }

    private static ReadOnlySpan<byte> NumberField => "\"sequence\":"u8;

    public OutgoingMessage Message { get; }

    /// <summary>The number of bytes that the message takes with the longest number.</summary>
    public int MaxBytes => _utf8.Length - 1 + MaxDigits;

    public void WriteTo(IBufferWriter<byte> output, long number)
    {
        output.Write(_utf8.AsSpan(0, _numberAt));
        number.TryFormat(output.GetSpan(MaxDigits), out var digits, provider: CultureInfo.InvariantCulture);
        output.Advance(digits);
        output.Write(_utf8.AsSpan(_numberAt + 1));
    }
}
