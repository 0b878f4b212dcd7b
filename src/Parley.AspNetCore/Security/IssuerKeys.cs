using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Parley.AspNetCore.Security;

/// <summary>
/// An issuer's public keys, which rotate: read when the first token comes, again when they are old, and again when a token names a key that
/// is not among them. While they cannot be read, the last ones count.
/// </summary>
/// <param name="read">Reads them, within a time that it bounds itself: others wait for the same keys.</param>
/// <param name="keptFor">How long they count before they are read again.</param>
/// <param name="clock">Tells their age.</param>
/// <param name="log">Is told when they cannot be read.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and lives as long as the host.")]
internal sealed partial class IssuerKeys(
    Func<Task<OpenIdConnectConfiguration>> read, TimeSpan keptFor, TimeProvider clock, ILogger<IssuerKeys> log)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    // Anybody can name a key that does not exist; an issuer that does not answer must not hold up every request.
    private static readonly TimeSpan KeptAtLeast = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TriedAgainAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private OpenIdConnectConfiguration? _keys;
    private Exception? _problem;
    private long _triedAt;

    /// <summary>Returns the keys, with the one that a token names if the issuer has it.</summary>
    /// <exception cref="IssuerUnavailableException">They could never be read so far.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (_keys is { } known && !IsDue(known, keyId)) return known;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_keys is { } read && !IsDue(read, keyId)) return read;
            if (_keys is null && _problem is not null && Age < TriedAgainAfter) throw new IssuerUnavailableException(_problem);
            return await ReadAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => GetAsync(keyId: null, cancel);

    /// <inheritdoc/>
    /// <remarks>Does nothing: <see cref="GetAsync"/> has looked for the token's key already.</remarks>
    public void RequestRefresh()
    {
    }

    private TimeSpan Age => clock.GetElapsedTime(Volatile.Read(ref _triedAt));

    private bool IsDue(OpenIdConnectConfiguration keys, string? keyId) =>
        Age >= keptFor || (Age >= KeptAtLeast && keyId is not null && keys.SigningKeys.All(key => key.KeyId != keyId));

    private async Task<OpenIdConnectConfiguration> ReadAsync()
    {
        try
        {
            (_keys, _problem) = (await read(), null);
        }
        catch (Exception problem)
        {
            // The same problem is logged once.
            if (_problem?.Message != problem.Message) LogUnreadable(problem);
            _problem = problem;
        }

        Volatile.Write(ref _triedAt, clock.GetTimestamp());
        return _keys ?? throw new IssuerUnavailableException(_problem!);
    }

    [LoggerMessage(3003, LogLevel.Warning, "The keys of the tokens' issuer cannot be read", EventName = "IssuerKeysUnreadable")]
    private partial void LogUnreadable(Exception problem);
}
