using System.Runtime.InteropServices;
using Parley.Conversations.Intake;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.AspNetCore.Http;

/// <summary>From what a client says to what a conversation takes.</summary>
internal static class Deliveries
{
    public static Delivery ToDelivery(this TextChunk chunk, SenderSession session) => new ChunkDelivery(
        chunk.Sequence,
        new StreamChunk(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId) { Details = chunk.Details },
        chunk.Source ?? "",
        chunk.IsFinal ?? true,
        chunk.Key)
    {
        Session = session,
    };

    public static Delivery ToDelivery(this RawAsrMessage message, SenderSession session) =>
        new MessageDelivery(message.Sequence, message.Format, message.Message, message.Source ?? "") { Session = session };

    // The message outlives the buffer that it was read from.
    public static Delivery ToDelivery(this AsrMessage message, SenderSession session) => new MessageDelivery(
        message.Sequence, message.Format, JsonMarshal.GetRawUtf8Value(message.Message).ToArray(), message.Source ?? "")
    {
        Session = session,
    };
}
