using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

internal sealed partial class SocketConnection
{
    private readonly int _maxMessageBytes;
    private string? _key;

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var outcome = await _reader.ReadAsync(_abort.Token);
                if (outcome == ReadOutcome.Close) return;
                // What comes after the server has closed is not taken, nor acknowledged: the client sends it again.
                if (Volatile.Read(ref _closing) is not null) continue;
                await TakeAsync(outcome);
            }
        }
        catch (Exception gone) when (IsGone(gone))
        {
            Abort();
        }
        catch (Exception problem)
        {
            LogFault(problem);
            Close(Closing.Fault);
        }
        finally
        {
            _reader.Dispose();
        }
    }

    private async ValueTask TakeAsync(ReadOutcome outcome)
    {
        try
        {
            switch (outcome)
            {
                case ReadOutcome.Message:
                    await TakeAsync(ClientMessage.Parse(_reader.Message));
                    break;
                case ReadOutcome.TooLarge:
                    await RefuseAsync(ErrorCodes.MessageTooLarge, string.Create(CultureInfo.InvariantCulture, $"A message has at most {_maxMessageBytes} bytes."));
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
        catch (StreamErasedException)
        {
            Close(Closing.Erased);
        }
        catch (EventLogUnavailableException)
        {
            Close(Closing.Storage);
        }
    }

    private ValueTask TakeAsync(ClientMessage message) => message switch
    {
        Authenticate authenticate => AuthenticateAsync(authenticate),
        not Protocol.Ping when _caller is null => RefuseStrangerAsync(),
        TextChunk chunk => SendAsync(chunk.ToDelivery()),
        AsrMessage said => SendAsync(said.ToDelivery()),
        Ping ping => _replies.AddAsync(new PongPayload(_clock.GetUtcNow().ToUnixTimeMilliseconds(), ping.Timestamp)),
        StartSession start => StartAsync(start),
        ResumeSession resume => ResumeAsync(resume),
        EndSession => EndAsync(),
        _ => RefuseAsync(ErrorCodes.NotSupported, $"{message.Type} is not supported."),
    };

    private async ValueTask SendAsync(Delivery delivery)
    {
        if (_key is not { } key)
        {
            await RefuseAsync(ErrorCodes.NoSession, "There is no session here yet: START_SESSION or RESUME_SESSION comes first.");
            return;
        }

        await _access.Rate.TakeAsync(_caller!, key, _abort.Token);
        while (_pending.IsFull && !_isSilent) await _roomForReceipts.WaitAsync();
        var receipt = await _engine.Directory.SendAsync(key, delivery, _abort.Token);
        if (receipt is null) Close(Closing.Erased);
        else _pending.Add(delivery.Source, delivery.Sequence, receipt);
    }

    private async ValueTask StartAsync(StartSession start)
    {
        if (_key is not null)
        {
            await RefuseAsync(ErrorCodes.SessionExists, "This connection has a session already: open another for another.");
            return;
        }

        var opening = new StreamStart(StreamNames.Normalise(start.StreamId), start.Description, start.Config.Over(_engine.Defaults));
        var (key, receipt) = await _access.Streams.OpenAsync(_caller!, opening, _abort.Token);
        if (receipt.Refusal is { } refusal)
        {
            await RefuseAsync(refusal.Code, refusal.Message);
            return;
        }

        _key = key;
        Follow(new Session(key, After: 0));
    }

    private async ValueTask ResumeAsync(ResumeSession resume)
    {
        var key = await StreamNames.FindKeyAsync(_engine.Log, _caller!.Tenant, resume.StreamId, _abort.Token);
        if (_key is not null && _key != key)
        {
            await RefuseAsync(ErrorCodes.SessionMismatch, "This connection has another session.");
            return;
        }

        var standing = key is null ? null
            : await _engine.Directory.ReadAsync(key, state => new Standing(state.EventId, state.Expected), _abort.Token);
        if (key is null || standing is not { EventId: > 0 })
        {
            await RefuseAsync(ErrorCodes.StreamNotFound, "There is no such stream.");
            return;
        }

        if (resume.LastEventId > standing.EventId)
        {
            await RefuseAsync(
                ErrorCodes.InvalidMessage,
                string.Create(CultureInfo.InvariantCulture, $"The stream has {standing.EventId} events; there is none to follow {resume.LastEventId}."),
                new JsonObject { ["last_event_id"] = standing.EventId });
            return;
        }

        _key = key;
        Follow(new Session(key, resume.LastEventId, new SessionResumedPayload(resume.LastEventId, standing.Expected)));
    }

    private async ValueTask EndAsync()
    {
        if (_key is not { } key)
            await RefuseAsync(ErrorCodes.NoSession, "There is no session here that could end.");
        else if (await _engine.Directory.PostAsync(key, new End(EndReasons.Requested), _abort.Token) is null)
            Close(Closing.Erased);
    }

    private ValueTask RefuseAsync(string code, string message, JsonObject? details = null)
    {
        _access.Telemetry.RequestRefused(code);
        return _replies.AddAsync(new ErrorPayload(code, message, Recoverable: true, details is null ? null : ErrorDetails.Of(details)));
    }

    private sealed record Standing(long EventId, IReadOnlyDictionary<string, long> Expected);

    [LoggerMessage(1201, LogLevel.Error, "A connection failed", EventName = "ConnectionFailed")]
    private partial void LogFault(Exception problem);
}
