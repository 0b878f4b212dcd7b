using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// The loop that reads one connection: it takes one message after the other, and waits where there is no room, so that the socket is not read either.
/// </summary>
internal sealed partial class SocketInput(
    MessageReader reader, SocketExchange exchange, SocketClient client, SocketSession session, SocketAccess access, int maxMessageBytes, TimeProvider clock, ILogger log)
{
    private readonly ILogger _log = log;

    /// <summary>Reads until the client closes or is gone.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var outcome = await reader.ReadAsync(exchange.Aborted);
                if (outcome == ReadOutcome.Close) return;
                // What comes after the server has closed is not taken, nor acknowledged: the client sends it again.
                if (exchange.Closing is not null) continue;
                await TakeAsync(outcome);
            }
        }
        catch (Exception gone) when (exchange.IsGone(gone))
        {
            exchange.Abort();
        }
        catch (Exception problem)
        {
            LogFault(problem);
            exchange.Close(Closing.Fault);
        }
        finally
        {
            reader.Dispose();
        }
    }

    private async ValueTask TakeAsync(ReadOutcome outcome)
    {
        try
        {
            switch (outcome)
            {
                case ReadOutcome.Message:
                    await TakeMessageAsync();
                    break;
                case ReadOutcome.TooLarge:
                    var limit = string.Create(CultureInfo.InvariantCulture, $"A message has at most {maxMessageBytes} bytes.");
                    await RefuseAsync(ErrorCodes.MessageTooLarge, limit);
                    break;
                default:
                    await RefuseAsync(ErrorCodes.InvalidMessage, "Messages are text, one JSON object each.");
                    break;
            }
        }
        catch (ProtocolException refused)
        {
            await RefuseAsync(refused.Code, refused.Message);
        }
        catch (RequestProblem refused)
        {
            await RefuseAsync(refused.Code, refused.Message, refused.Details);
        }
        catch (Exception problem) when (Closing.For(problem) is { } closing)
        {
            exchange.Close(closing, problem);
        }
    }

    // A recogniser's message is not parsed here: the conversation does that once.
    private ValueTask TakeMessageAsync() =>
        client.Caller is not null && RawAsrMessage.TryRead(reader.Message.Span, out var said)
            ? session.SendAsync(said.ToDelivery(session.Sender))
            : TakeAsync(ClientMessage.Parse(reader.Message));

    private ValueTask TakeAsync(ClientMessage message) => message switch
    {
        Authenticate authenticate => AuthenticateAsync(authenticate),
        not Ping when client.Caller is null => RefuseStranger(),
        TextChunk chunk => session.SendAsync(chunk.ToDelivery(session.Sender)),
        AsrMessage said => session.SendAsync(said.ToDelivery(session.Sender)),
        Ping ping => exchange.Replies.AddAsync(new PongPayload(clock.GetUtcNow().ToUnixTimeMilliseconds(), ping.Timestamp)),
        StartSession start => session.StartAsync(start),
        ResumeSession resume => session.ResumeAsync(resume),
        EndSession => session.EndAsync(),
        _ => throw new RequestProblem(ErrorCodes.NotSupported, $"{message.Type} is not supported."),
    };

    private ValueTask RefuseStranger()
    {
        client.Refuse();
        return ValueTask.CompletedTask;
    }

    private async ValueTask AuthenticateAsync(Authenticate message)
    {
        if (await client.AuthenticateAsync(message) is not { } tooMany) return;
        await RefuseAsync(ErrorCodes.RateLimited, tooMany.Message, new JsonObject { ["retry_after_sec"] = tooMany.RetryAfterSec });
        exchange.Close(Closing.TooMany);
    }

    private ValueTask RefuseAsync(string code, string message, JsonObject? details = null)
    {
        access.Telemetry.RequestRefused(code);
        return exchange.Replies.AddAsync(new ErrorPayload(code, message, Recoverable: true, details is null ? null : ErrorDetails.Of(details)));
    }

    [LoggerMessage(1201, LogLevel.Error, "A connection failed", EventName = "ConnectionFailed")]
    private partial void LogFault(Exception problem);
}
