using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// One conversation on a Parley server: sends what was recognised, and shows what happens. When a connection drops, the client connects
/// again, sends again what was not acknowledged and continues after the last event it has, so that no word is lost or repeated. Safe for
/// concurrent use by several threads.
/// </summary>
/// <remarks>
/// Every failure is a <see cref="ParleyException"/> with a code; once the client has failed for good, every call throws it. Cancellation
/// stays <see cref="OperationCanceledException"/>, and after <see cref="DisposeAsync"/> calls throw <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class ParleyClient : IAsyncDisposable
{
    // For what the server holds back until a speaker pauses: two seconds, by default.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(5);

    private readonly ParleyClientOptions _options;
    private readonly Outbox _outbox;
    private readonly EventInbox _inbox;
    private readonly ClientSession _session;
    private readonly ConnectionLoop _connection;

    private ParleyClient(
        Uri server, string name, SessionSettings settings, Greeting greeting, long lastEventId, ParleyClientOptions? options)
    {
        _options = (options ?? new ParleyClientOptions()).Checked();
        ArgumentOutOfRangeException.ThrowIfNegative(lastEventId);
        var address = Link.SocketOf(server);
        var slot = new ConnectionSlot();
        _outbox = new Outbox(_options.SendCapacity);
        _inbox = new EventInbox(_options.EventCapacity, lastEventId, slot.ComeBackForMore);
        _session = new ClientSession(name, new StartSession(settings) { Description = _options.Description }, greeting, _outbox, _inbox);
        _connection = new ConnectionLoop(address, _options, slot, _session, _outbox);
    }

    /// <summary>Gets the id of the conversation.</summary>
    public string StreamId => _session.StreamId;

    /// <summary>Gets the current connection status.</summary>
    public ConnectionStatus Status => _connection.Status;

    /// <summary>
    /// Gets the messages that were handed in and neither acknowledged nor refused, in order: these may be lost unless they are sent again.
    /// Stays readable after <see cref="DisposeAsync"/>.
    /// </summary>
    public IReadOnlyList<OutgoingMessage> Unacknowledged => _outbox.Unacknowledged;

    /// <summary>
    /// Gets the number of messages that were handed in and neither acknowledged nor refused. Cheaper than <see cref="Unacknowledged"/>.
    /// </summary>
    public int UnacknowledgedCount => _outbox.Count;

    /// <summary>
    /// Gets what happens, as it happens: each fact once and in order, across every reconnect. What is not a fact (partials, errors about
    /// single messages) comes between them and may be left out. Ends after <see cref="SessionEndedPayload"/>, or when the client is
    /// disposed. One reader at a time; the next reader continues where the last one stopped. Reading is optional.
    /// </summary>
    /// <exception cref="ParleyException">The client has failed for good; thrown after all that came before.</exception>
    /// <exception cref="InvalidOperationException">Another reader is reading.</exception>
    public IAsyncEnumerable<Envelope> Events => _inbox.ReadAsync();

    /// <summary>
    /// Returns the number that a source's next message gets, from 1. More than 1 before anything was sent for it: the conversation has
    /// messages of that source already, and the client's messages follow them.
    /// </summary>
    /// <param name="source">The source; empty for the one without a name.</param>
    public long NextSequence(string source = "")
    {
        ArgumentNullException.ThrowIfNull(source);
        return _outbox.NextOf(source);
    }

    /// <summary>
    /// Begins a conversation, and returns once the server has confirmed it. While the server cannot be reached, the client tries again.
    /// </summary>
    /// <param name="server">
    /// The address of the server, such as <c>https://example.org</c>, or of its socket, such as <c>wss://example.org/stream</c>.
    /// </param>
    /// <param name="settings">The settings of the conversation; null for the server's defaults.</param>
    /// <param name="streamId">
    /// The id of the conversation; null for a new one. If a conversation with this id has begun, the client continues it, and its settings
    /// stay. The same holds for <see cref="StreamDescription.ExternalId"/> of the options.
    /// </param>
    /// <param name="options">How to connect, and what the conversation is called; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting. A conversation that has begun by then stays open on the server.</param>
    /// <exception cref="ParleyException">
    /// The server refused, or could not be reached for <see cref="ParleyClientOptions.ReconnectFor"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The address, the id or an option is invalid.</exception>
    public static Task<ParleyClient> StartAsync(
        Uri server,
        SessionSettings? settings = null,
        string? streamId = null,
        ParleyClientOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<ParleyClient>(cancellationToken);
        // A name is there from the beginning, so that a start whose answer was lost can be repeated and stays one conversation.
        var name = streamId is null ? options?.Description?.ExternalId : Named(streamId);
        var client = name is null
            ? new ParleyClient(server, Protocol.StreamId.From(Guid.NewGuid()), settings ?? new(), Greeting.Start, 0, options)
            : new ParleyClient(server, name, settings ?? new(), Greeting.ResumeOrStart, 0, options);
        return WhenReadyAsync(client, cancellationToken);
    }

    /// <summary>Resumes a conversation, to watch it, to send to it, or both; returns once the server has confirmed it.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="streamId">The id of the conversation, or its external id.</param>
    /// <param name="lastEventId">The client gets the events after this one; 0 for all.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ParleyException">
    /// There is no such stream, or the server could not be reached for <see cref="ParleyClientOptions.ReconnectFor"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The address, the id or an option is invalid.</exception>
    public static Task<ParleyClient> ResumeAsync(
        Uri server,
        string streamId,
        long lastEventId = 0,
        ParleyClientOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<ParleyClient>(cancellationToken);
        return WhenReadyAsync(new(server, NamedOrExternal(streamId), new(), Greeting.Resume, lastEventId, options), cancellationToken);
    }

    /// <summary>
    /// Sends a chunk. Completes when it is in the buffer, and waits while the buffer is full. <see cref="FlushAsync"/> waits until it
    /// cannot be lost any more.
    /// </summary>
    /// <param name="chunk">What was recognised.</param>
    /// <param name="source">Which recogniser it comes from, where several feed one stream. One client at a time sends for a source.</param>
    /// <param name="cancellationToken">Stops waiting; the chunk is not sent then.</param>
    /// <exception cref="ParleyException">
    /// The chunk breaks a rule (its times, its details, or a name longer than <see cref="Names.MaxLength"/>), or is too long, or the client
    /// takes nothing more. It is not in the buffer.
    /// </exception>
    public Task SendAsync(Chunk chunk, string source = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(chunk.Text);
        ArgumentNullException.ThrowIfNull(source);
        if (!double.IsFinite(chunk.Start) || !double.IsFinite(chunk.End))
            throw new ParleyException(ErrorCodes.InvalidChunk, "A chunk's times are finite numbers of seconds.");
        if (chunk.End < chunk.Start)
        {
            var times = FormattableString.Invariant($"The chunk ends at {chunk.End}, before it starts at {chunk.Start}.");
            throw new ParleyException(ErrorCodes.InvalidChunk, times);
        }

        CheckName("speaker_id", chunk.SpeakerId, ErrorCodes.InvalidChunk);
        CheckName("key", chunk.Key, ErrorCodes.InvalidChunk);
        CheckName("source", source, ErrorCodes.InvalidChunk);
        if (chunk.Details is { } details && SpeechDetailsRules.ProblemOf(details) is { } problem)
            throw new ParleyException(ErrorCodes.InvalidChunk, problem);
        return AddAsync(new OutgoingChunk(chunk, source), cancellationToken);
    }

    /// <summary>Sends a recogniser's own message, unchanged. Completes as <see cref="SendAsync"/> does.</summary>
    /// <param name="format">The format of the message, such as <c>deepgram</c>; the server knows the names.</param>
    /// <param name="utf8">The message: one JSON value. It is copied.</param>
    /// <param name="source">Which recogniser it comes from, where several feed one stream. One client at a time sends for a source.</param>
    /// <param name="cancellationToken">Stops waiting; the message is not sent then.</param>
    /// <exception cref="ParleyException">
    /// The message is not JSON or too long, or the source's name is too long, or the client takes nothing more. It is not in the buffer.
    /// </exception>
    public Task SendMessageAsync(
        string format, ReadOnlyMemory<byte> utf8, string source = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(format);
        ArgumentNullException.ThrowIfNull(source);
        CheckName("source", source, ErrorCodes.InvalidMessage);
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return AddAsync(new OutgoingVendorMessage(format, document.RootElement.Clone(), source), cancellationToken);
        }
        catch (JsonException malformed)
        {
            throw new ParleyException(ErrorCodes.InvalidMessage, $"not valid JSON at byte {malformed.BytePositionInLine ?? 0}", malformed);
        }
    }

    /// <summary>
    /// Completes when all that was handed in before is acknowledged: it cannot be lost any more. A server that redacts holds back what may
    /// be part of a number until the speaker continues or pauses, and this waits for that.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting, and changes nothing else.</param>
    /// <exception cref="ParleyException">
    /// The client has failed before that. Or the server has refused messages since this was last reported: then
    /// <see cref="ParleyException.Refused"/> has them, and everything else is acknowledged.
    /// </exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await _outbox.FlushAsync(cancellationToken).ConfigureAwait(false);
        _outbox.ThrowRefusals();
    }

    /// <summary>
    /// Ends the conversation, once all that was handed in before is sent; nothing more can be sent then. Returns the statistics of the
    /// conversation. A repeated call returns the same.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting. The conversation may end nevertheless.</param>
    /// <exception cref="ParleyException">
    /// The client has failed before that, or the stream was ended by another client before it took everything: <see cref="Unacknowledged"/>
    /// has the rest. Or the server has refused messages since this was last reported; the conversation has ended then.
    /// </exception>
    public async Task<SessionStats> EndAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _outbox.Close();
        await FlushForAsync(EndGrace, cancellationToken).ConfigureAwait(false);
        _outbox.WantEnd();
        var stats = await _session.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        _outbox.ThrowRefusals();
        return stats;
    }

    /// <summary>
    /// Closes the connection. The conversation stays open on the server. Does not wait for what is in the buffer: see
    /// <see cref="FlushAsync"/> and <see cref="Unacknowledged"/>. May be called more than once.
    /// </summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static void CheckName(string field, string? name, string code)
    {
        if (name is { Length: > Names.MaxLength }) throw new ParleyException(code, $"{field} is longer than {Names.MaxLength} characters.");
    }

    private Task AddAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var encoded = new EncodedMessage(message);
        return encoded.MaxBytes <= _options.MaxMessageBytes
            ? _outbox.AddAsync(encoded, cancellationToken)
            : throw new ParleyException(
                ErrorCodes.MessageTooLarge, $"The message takes {encoded.MaxBytes} bytes; the most is {_options.MaxMessageBytes}.");
    }

    // If something is refused, what is behind it must be sent again before the end; so the end waits for answers, but not for ever.
    private async Task FlushForAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(patience, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            await _outbox.FlushAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is sent before the wish to end is taken before the end, acknowledged or not.
        }
    }

    private static async Task<ParleyClient> WhenReadyAsync(ParleyClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client._connection.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string NamedOrExternal(string streamId) => StreamDescription.IsExternalId(streamId) ? streamId : Named(streamId);

    private static string Named(string streamId) => Protocol.StreamId.TryParse(streamId, out var uuid)
        ? Protocol.StreamId.From(uuid)
        : throw new ArgumentException("A stream's name is str- and a UUID.", nameof(streamId));
}
