using System.Text.Json.Nodes;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Limits;

/// <summary>Begins and erases streams, and keeps count of them.</summary>
internal sealed class OpenStreams(ServerEngine engine, Readiness readiness, StreamLimits limits)
{
    /// <summary>Begins a stream, or finds it by its id or its external id if it has begun.</summary>
    /// <returns>Its key, and a repeat where it had begun, a refusal where the settings are out of range.</returns>
    /// <exception cref="RequestProblem">
    /// The client has as many as it may have, or another stream than the one it names has the external id.
    /// </exception>
    public async Task<(string Key, Receipt Receipt)> OpenAsync(Caller caller, StreamStart start, CancellationToken cancellationToken)
    {
        var named = start.StreamId is { } id ? StreamKey.Of(caller.Tenant, id) : null;
        if (start.Description.ExternalId is { } externalId
            && await engine.Log.FindExternalAsync(caller.Tenant, externalId, cancellationToken) is { } head)
        {
            return await FoundAsync(head.Stream);
        }

        try
        {
            var key = named ?? StreamKey.Of(caller.Tenant, StreamId.From(Guid.NewGuid()));
            return (key, await OpenAsync(caller, key, start, cancellationToken));
        }
        catch (ExternalIdTakenException taken)
        {
            // It was opened between the look and the append.
            return await FoundAsync(taken.Stream);
        }

        async Task<(string, Receipt)> FoundAsync(string key) => named is null || named == key
            ? (key, await OpenAsync(caller, key, start, cancellationToken))
            : throw new ExternalIdTakenException(key).ToProblem();
    }

    /// <summary>Erases a stream. False where there was nothing to erase.</summary>
    public async Task<bool> EraseAsync(string key, CancellationToken cancellationToken)
    {
        var erased = await engine.Directory.EraseAsync(key, cancellationToken);
        limits.Closed(key);
        return erased;
    }

    private async Task<Receipt> OpenAsync(Caller caller, string key, StreamStart start, CancellationToken cancellationToken)
    {
        // Before, nobody knows how many a client has.
        if (!caller.IsLocal) await readiness.WhenResumed.WaitAsync(cancellationToken);

        // A repeat is no new stream, however many there are.
        if (limits.TryOpen(caller, key, out var isNew) is { } tooMany && await engine.Log.FindAsync(key, cancellationToken) is null)
            throw tooMany.ToProblem();

        var isOpen = false;
        try
        {
            var open = new Open(start.Settings, caller.IsLocal ? null : caller.Client) { Metadata = start.Metadata };
            var receipt = await engine.Directory.OpenAsync(key, open, cancellationToken);
            isOpen = receipt.Refusal is null && (!receipt.IsRepeat || await engine.Directory.ReadAsync(key, state => state.TakesInput, cancellationToken));
            return receipt;
        }
        finally
        {
            if (isNew && !isOpen) limits.Closed(key);
        }
    }
}

/// <summary>What a client opens.</summary>
/// <param name="StreamId">The id that it chose; null for a new one.</param>
/// <param name="Description">What it is known and found by.</param>
/// <param name="Settings">How it is read.</param>
internal sealed record StreamStart(string? StreamId, StreamDescription Description, ConversationSettings Settings)
{
    /// <summary>What the log keeps of the description; null for nothing.</summary>
    public StreamMetadata? Metadata => Description == StreamDescription.None ? null : Description.ToMetadata();
}

internal static class TooManyProblems
{
    public static RequestProblem ToProblem(this TooMany tooMany) =>
        new(ErrorCodes.RateLimited, tooMany.Message, new JsonObject { ["retry_after_sec"] = (double)tooMany.RetryAfterSec });
}
