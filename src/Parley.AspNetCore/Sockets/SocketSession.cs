using System.Globalization;
using System.Text.Json.Nodes;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>The conversation that a connection has begun or come back to: what its client does in it. Throws what is refused.</summary>
internal sealed class SocketSession(SocketExchange exchange, SocketClient client, SocketAccess access, ServerEngine engine)
{
    private string? _key;

    /// <summary>Gets what the client's deliveries are handed in with, anew once it is told what is expected.</summary>
    public SenderSession Sender { get; private set; } = new();

    /// <exception cref="RequestProblem">There is no session here, or the client sends too fast.</exception>
    public async ValueTask SendAsync(Delivery delivery)
    {
        var key = _key ?? throw new RequestProblem(
            ErrorCodes.NoSession, "There is no session here yet: START_SESSION or RESUME_SESSION comes first.");
        await access.Rate.TakeAsync(client.Caller!, key, exchange.Aborted);
        await exchange.Receipts.WaitForRoomAsync();
        var queued = await engine.Directory.SendAsync(key, delivery, exchange.Aborted);
        if (queued is null) exchange.Close(Closing.Erased);
        else exchange.Receipts.Add(delivery.Source, delivery.Sequence, queued.Value.Receipt);
    }

    /// <exception cref="RequestProblem">The settings are out of range, or the client has too many streams.</exception>
    public async ValueTask StartAsync(StartSession start)
    {
        if (_key is not null)
            throw new RequestProblem(ErrorCodes.SessionExists, "This connection has a session already: open another for another.");
        var opening = new StreamStart(
            StreamNames.Normalise(start.StreamId), start.Description, start.Config.Over(start.Description, engine));
        var (key, receipt) = await access.Streams.OpenAsync(client.Caller!, opening, exchange.Aborted);
        if (receipt.Refusal is { } refusal) throw new RequestProblem(refusal.Code, refusal.Message);
        _key = key;
        exchange.Follow(new Session(key, After: 0));
    }

    /// <exception cref="RequestProblem">There is no such stream, or this connection has another one.</exception>
    public async ValueTask ResumeAsync(ResumeSession resume)
    {
        var key = await StreamNames.FindKeyAsync(engine.Log, client.Caller!.Tenant, resume.StreamId, exchange.Aborted);
        if (_key is not null && _key != key) throw new RequestProblem(ErrorCodes.SessionMismatch, "This connection has another session.");
        var standing = key is null
            ? null
            : await engine.Directory.ReadAsync(key, state => new Standing(state.EventId), exchange.Aborted);
        if (key is null || standing is not { EventId: > 0 }) throw new RequestProblem(ErrorCodes.StreamNotFound, "There is no such stream.");
        if (resume.LastEventId > standing.EventId)
        {
            throw new RequestProblem(
                ErrorCodes.InvalidMessage,
                string.Create(CultureInfo.InvariantCulture, $"The stream has {standing.EventId} events; there is none to follow {resume.LastEventId}."),
                new JsonObject { ["last_event_id"] = standing.EventId });
        }

        var expected = await engine.Directory.ReadExpectedAsync(key, exchange.Aborted) ?? throw new StreamErasedException(key);
        (_key, Sender) = (key, new());
        exchange.Follow(new Session(key, resume.LastEventId, new SessionResumedPayload(resume.LastEventId, expected)));
    }

    /// <exception cref="RequestProblem">There is no session here.</exception>
    public async ValueTask EndAsync()
    {
        var key = _key ?? throw new RequestProblem(ErrorCodes.NoSession, "There is no session here that could end.");
        if (await engine.Directory.PostAsync(key, new End(EndReasons.Requested), exchange.Aborted) is null) exchange.Close(Closing.Erased);
    }

    private sealed record Standing(long EventId);
}
