using System.Buffers;
using Parley.Client;
using Parley.Protocol;

namespace Parley.Tests.Client;

internal static class OutboxReading
{
    /// <summary>The next message as a server reads it; null where there is none.</summary>
    public static ClientMessage? Next(this Outbox outbox)
    {
        var output = new ArrayBufferWriter<byte>();
        return outbox.TryTakeNext(output) ? ClientMessage.Parse(output.WrittenMemory) : null;
    }
}
