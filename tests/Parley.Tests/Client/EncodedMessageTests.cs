using System.Buffers;
using System.Text;
using System.Text.Json;
using Parley.Client;

namespace Parley.Tests.Client;

public class EncodedMessageTests
{
    private const string Misleading = """ "sequence":7 """;

    public static TheoryData<OutgoingMessage> Messages =>
    [
        new OutgoingChunk(new Chunk(0, 1.5, "Ça va? 👍", "ana")),
        new OutgoingChunk(new Chunk(0, 1, Misleading, Misleading) { IsFinal = false, Key = Misleading }, Misleading),
        new OutgoingChunk(new Chunk(0, 1, "x") { Details = new([new(Misleading, 0, 1, 0.5)], 0.5, "en-GB") }),
        new OutgoingVendorMessage("deepgram", JsonDocument.Parse("""{"sequence":7,"channel":{"sequence":8}}""").RootElement, "phone"),
        new OutgoingVendorMessage(Misleading, JsonDocument.Parse("7").RootElement),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_sent_under_any_number_as_if_it_had_been_serialised_with_it(OutgoingMessage message)
    {
        var encoded = new EncodedMessage(message);
        foreach (var number in new[] { 1, 12, long.MaxValue })
            Assert.Equal(Encoding.UTF8.GetString(message.Numbered(number).ToUtf8()), Write(encoded, number));
        Assert.Equal(message.Numbered(long.MaxValue).ToUtf8().Length, encoded.MaxBytes);
    }

    private static string Write(EncodedMessage message, long number)
    {
        var output = new ArrayBufferWriter<byte>();
        message.WriteTo(output, number);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
