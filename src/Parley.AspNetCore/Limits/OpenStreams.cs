using System.Text.Json.Nodes;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.AspNetCore.Limits;

/// <summary>Begins and erases streams, and keeps count of them.</summary>
internal sealed class OpenStreams(ServerEngine engine, Readiness readiness, StreamLimits limits)
{
    /// <summary>Begins a stream, or finds it if it has begun.</summary>
    /// <returns>A repeat where it had begun, a refusal where the settings are out of range.</returns>
    /// <exception cref="RequestProblem">The client has as many as it may have.</exception>
    public async Task<Receipt> OpenAsync(Caller caller, string key, ConversationSettings settings, CancellationToken cancellationToken)
    {
        // Before, nobody knows how many a client has.
        if (!caller.IsLocal) await readiness.WhenResumed.WaitAsync(cancellationToken);

        // A repeat is no new stream, however many there are.
        if (limits.TryOpen(caller, key, out var isNew) is { } tooMany && await engine.Log.FindAsync(key, cancellationToken) is null)
            throw tooMany.ToProblem();

        var isOpen = false;
        try
        {
            var receipt = await engine.Directory.OpenAsync(key, new Open(settings, caller.IsLocal ? null : caller.Client), cancellationToken);
            isOpen = receipt.Refusal is null && (!receipt.IsRepeat || await engine.Directory.ReadAsync(key, state => state.TakesInput, cancellationToken));
            return receipt;
        }
        finally
        {
            if (isNew && !isOpen) limits.Closed(key);
        }
    }

    /// <summary>Erases a stream. False where there was nothing to erase.</summary>
    public async Task<bool> EraseAsync(string key, CancellationToken cancellationToken)
    {
        var erased = await engine.Directory.EraseAsync(key, cancellationToken);
        limits.Closed(key);
        return erased;
    }
}

internal static class TooManyProblems
{
    public static RequestProblem ToProblem(this TooMany tooMany) =>
        new(ErrorCodes.RateLimited, tooMany.Message, new JsonObject { ["retry_after_sec"] = (double)tooMany.RetryAfterSec });
}
