using System.Text.Json.Nodes;
using Parley.AspNetCore.Http;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>Tells the client what became of what it sent: acknowledgements, refusals and problems.</summary>
internal sealed class ReceiptSender(SocketExchange exchange, SocketSender sender)
{
    private bool _hasFailed;

    public async ValueTask SendAsync()
    {
        string? source = null;
        long sequence = 0;
        // An acknowledgement stands for every earlier number, so nothing behind a failed one is acknowledged.
        while (!_hasFailed && exchange.Receipts.TryTake(out var sent))
        {
            // One acknowledgement stands for all before it of the same source.
            if (source is not null && sent.Source != source && sequence > 0) await AcknowledgeAsync(source, sequence);
            if (sent.Source != source) (source, sequence) = (sent.Source, 0);
            try
            {
                var receipt = await sent.Receipt;
                if (receipt.Refusal is { } refusal)
                {
                    if (sequence > 0) await AcknowledgeAsync(source, sequence);
                    sequence = 0;
                    await sender.SendAsync(ToError(sent, refusal));
                    continue;
                }

                foreach (var problem in receipt.Problems) await TellAsync(sent, problem);
                sequence = Math.Max(sequence, sent.Sequence);
            }
            catch (Exception problem) when (Closing.For(problem) is { } closing)
            {
                _hasFailed = true;
                exchange.Close(closing, problem);
            }
        }

        if (source is not null && sequence > 0) await AcknowledgeAsync(source, sequence);
    }

    private ValueTask AcknowledgeAsync(string source, long sequence) =>
        sender.SendAsync(new ChunkAckPayload(sequence, source.Length == 0 ? null : source));

    private static ErrorPayload ToError(PendingReceipt sent, Refusal refusal)
    {
        var details = DetailsOf(sent);
        if (refusal.Expected is { } expected) details["expected"] = expected;
        return new ErrorPayload(refusal.Code, refusal.Message, Recoverable: true, ErrorDetails.Of(details));
    }

    // The message counts all the same; what recognisers do by themselves is not worth telling.
    private ValueTask TellAsync(PendingReceipt sent, Problem problem) => problem.IsError
        ? sender.SendAsync(new ErrorPayload(
            ErrorCodes.InvalidMessage,
            $"Part of the message was left out: {problem.Kind}{(problem.Detail is { } detail ? $", {detail}" : "")}.",
            Recoverable: true,
            ErrorDetails.Of(DetailsOf(sent))))
        : default;

    private static JsonObject DetailsOf(PendingReceipt sent) => new() { ["sequence"] = sent.Sequence, ["source"] = sent.Source };
}
