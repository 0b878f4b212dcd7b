using System.Text.Json.Nodes;
using System.Threading.Channels;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>
/// Hands in what one request brings, many at a time and in order, and counts what became of it. The first that is refused ends it: its
/// sequence does not advance, so that nothing behind it would be taken. What was taken before stays, and is told.
/// </summary>
internal sealed class Sending(ConversationDirectory directory, ChunkRate rate, Caller caller, string key, TimeProvider clock)
{
    // As many as a conversation takes into one append.
    private const int MostUnderway = 256;

    // What is held, as redaction does, or belongs to an item that goes on, has no receipt before more comes, perhaps with the next request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Queue<(Delivery Delivery, Task<Receipt> Receipt)> _underway = new();
    private long _accepted;
    private long _duplicates;
    private long _problems;
    private readonly Dictionary<string, long> _lasts = new(StringComparer.Ordinal);
    private long? _last;
    private bool _isRefused;

    /// <summary>
    /// Gets whether what comes faster than the stream may have it waits, and its body with it; otherwise it is refused, to be sent again.
    /// Default false.
    /// </summary>
    public bool WaitsForRoom { get; init; }

    /// <summary>Gets what the deliveries of the request are handed in with.</summary>
    public SenderSession Session { get; } = new();

    public SentAnswer Answer => new(
        _accepted, _duplicates, _last, _problems == 0 ? null : _problems, _underway.Count == 0 ? null : _underway.Count, _lasts.Count > 1 ? _lasts : null);

    /// <exception cref="RequestProblem">One was refused; the details say what was taken before it.</exception>
    public async Task SendAsync(IAsyncEnumerable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        RequestProblem? problem = null;
        try
        {
            await foreach (var delivery in deliveries.WithCancellation(cancellationToken))
            {
                await TakeRoomAsync(cancellationToken);
                var queued = await directory.SendAsync(key, delivery, cancellationToken) ?? throw StreamNames.NotFound();
                _underway.Enqueue((delivery, queued.Receipt));
                while (_underway.Count > MostUnderway || (_underway.TryPeek(out var next) && next.Receipt.IsCompleted)) await SettleAsync();
            }
        }
        // What is behind the first that was refused is mostly refused, too, and must not be told instead.
        catch (RequestProblem refused) when (!_isRefused)
        {
            problem = refused;
        }

        // Of two problems the first in the body is told: what is underway came before what could not be read.
        while (_underway.TryPeek(out var next) && await IsSettledAsync(next.Receipt, cancellationToken)) await SettleAsync();
        if (problem is not null) throw WithCounts(problem.Code, problem.Message, problem.Details);
    }

    private async ValueTask TakeRoomAsync(CancellationToken cancellationToken)
    {
        if (WaitsForRoom) await rate.TakeAsync(caller, key, cancellationToken);
        else if (rate.Take(caller, key, 1) == 0)
        {
            const string Message = "Chunks come faster than a stream may have them: send what was not accepted a little later.";
            throw new TooMany(Message, rate.Wait(key)).ToProblem();
        }
    }

    private async ValueTask<bool> IsSettledAsync(Task receipt, CancellationToken cancellationToken)
    {
        if (receipt.IsCompleted) return true;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(receipt, Task.Delay(Patience, clock, enough.Token));
        await enough.CancelAsync();
        return receipt.IsCompleted;
    }

    private async ValueTask SettleAsync()
    {
        var (delivery, underway) = _underway.Dequeue();
        Receipt receipt;
        try
        {
            receipt = await underway;
        }
        catch (StreamUnreadableException problem)
        {
            directory.MarkUnreadable(problem);
            throw WithCounts(ErrorCodes.StorageUnavailable, Problems.Damaged, details: null);
        }
        catch (EventLogUnavailableException problem) when (!problem.IsTransient)
        {
            throw WithCounts(ErrorCodes.StorageUnavailable, Problems.LogFailed, details: null);
        }
        catch (EventLogUnavailableException)
        {
            throw WithCounts(ErrorCodes.StorageUnavailable, Problems.LogBusy, new JsonObject { ["retry_after_sec"] = 5.0 });
        }
        catch (ChannelClosedException)
        {
            throw WithCounts(ErrorCodes.GoingAway, "The conversation was put away while something waited for more: send again what was not accepted.", new JsonObject { ["retry_after_sec"] = 1.0 });
        }

        if (receipt.Refusal is { } refusal)
        {
            _isRefused = true;
            throw WithCounts(refusal.Code, refusal.Message, DetailsOf(delivery, refusal));
        }

        if (receipt.IsRepeat) _duplicates++;
        else _accepted++;
        _problems += receipt.Problems.Count(problem => problem.IsError);
        _last = _lasts[delivery.Source] = delivery.Sequence;
    }

    private static JsonObject DetailsOf(Delivery delivery, Refusal refusal)
    {
        var details = new JsonObject { ["sequence"] = delivery.Sequence, ["source"] = delivery.Source };
        if (refusal.Expected is { } expected) details["expected"] = expected;
        return details;
    }

    private RequestProblem WithCounts(string code, string message, JsonObject? details)
    {
        details ??= [];
        details["accepted"] = _accepted;
        details["duplicates"] = _duplicates;
        if (_last is { } last) details["last_sequence"] = last;
        if (_lasts.Count > 1) details["last_sequences"] = new JsonObject(_lasts.Select(of => KeyValuePair.Create(of.Key, (JsonNode?)of.Value)));
        return new RequestProblem(code, message, details);
    }
}
