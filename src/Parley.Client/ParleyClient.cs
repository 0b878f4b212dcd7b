using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// One conversation on a Parley server: sends what was recognised, and shows what happens. When a connection drops it comes back, sends again what was not
/// acknowledged and goes on after the last event it has, so that no word is lost or said twice. Safe for threads that use it at the same time.
/// </summary>
/// <remarks>
/// Every failure is a <see cref="ParleyException"/> with a code; once the client has failed for good, every call says why. Cancellation stays
/// <see cref="OperationCanceledException"/>, and after <see cref="DisposeAsync"/> calls throw <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed partial class ParleyClient : IAsyncDisposable
{
    // For what the server holds back until a speaker pauses: two seconds, by default.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(5);

    private readonly ParleyClientOptions _options;
    private readonly Outbox _outbox;
    private readonly EventInbox _inbox;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SessionStats> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private ParleyClient(Uri server, string streamId, SessionSettings settings, Greeting greeting, long lastEventId, ParleyClientOptions? options)
    {
        (_options, _settings, _greeting) = ((options ?? new ParleyClientOptions()).Checked(), settings, greeting);
        ArgumentOutOfRangeException.ThrowIfNegative(lastEventId);
        (_address, StreamId) = (Link.SocketOf(server), streamId);
        _outbox = new Outbox(_options.SendCapacity);
        _inbox = new EventInbox(_options.EventCapacity, lastEventId, ComeBackForMore);
        _running = Task.Run(RunAsync);
    }

    /// <summary>The conversation's name.</summary>
    public string StreamId { get; }

    /// <summary>How the client stands to the server now.</summary>
    public ConnectionStatus Status { get; private set; } = new(ConnectionState.Connecting, 1);

    /// <summary>
    /// What was handed in and neither acknowledged nor refused, in order: what may be lost if it is not sent again. It stays readable after
    /// <see cref="DisposeAsync"/>.
    /// </summary>
    public IReadOnlyList<OutgoingMessage> Unacknowledged => _outbox.Unacknowledged;

    /// <summary>How many messages were handed in and neither acknowledged nor refused. Cheaper than <see cref="Unacknowledged"/>.</summary>
    public int UnacknowledgedCount => _outbox.Count;

    /// <summary>
    /// The number that a source's next message gets, from 1. More than 1 before anything was sent for it: the conversation has messages of that source
    /// already, and what is sent follows them.
    /// </summary>
    /// <param name="source">The source; empty for the one without a name.</param>
    public long NextSequence(string source = "")
    {
        ArgumentNullException.ThrowIfNull(source);
        return _outbox.NextOf(source);
    }

    /// <summary>
    /// What happens, as it happens: each fact once and in order, across every reconnect, and between them what is no fact (partials, problems with single
    /// messages), which may be left out. Ends after <see cref="SessionEndedPayload"/>, or when the client is disposed. One reader at a time; the next one
    /// goes on where the last stopped. Nobody has to read.
    /// </summary>
    /// <exception cref="ParleyException">The client has failed for good; thrown after all that had come before.</exception>
    /// <exception cref="InvalidOperationException">Somebody is reading already.</exception>
    public IAsyncEnumerable<Envelope> Events => _inbox.ReadAsync();

    /// <summary>Begins a conversation, and returns once the server has it. While the server cannot be reached it is tried again.</summary>
    /// <param name="server">Where Parley is, such as <c>https://example.org</c>; also the address of its socket, such as <c>wss://example.org/stream</c>.</param>
    /// <param name="settings">How the conversation is to be read; null for the server's defaults.</param>
    /// <param name="streamId">
    /// What it shall be called; null for a new name. Where a conversation of that name has begun, the client goes on with it, and settings are the ones it has.
    /// </param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up. What was begun by then stays open on the server.</param>
    /// <exception cref="ParleyException">The server said no, or could not be reached for <see cref="ParleyClientOptions.ReconnectFor"/>.</exception>
    /// <exception cref="ArgumentException">The address, the name or an option is none.</exception>
    public static Task<ParleyClient> StartAsync(
        Uri server, SessionSettings? settings = null, string? streamId = null, ParleyClientOptions? options = null, CancellationToken cancellationToken = default) =>
        // The name is chosen here, so that a start whose answer was lost can be repeated and stays one conversation.
        WhenReadyAsync(
            new(server, streamId is null ? Protocol.StreamId.From(Guid.NewGuid()) : Named(streamId), settings ?? new(), streamId is null ? Greeting.Start : Greeting.ResumeOrStart, 0, options),
            cancellationToken);

    /// <summary>Comes back to a conversation, to watch it, to send to it, or both; returns once the server has confirmed it.</summary>
    /// <param name="server">Where Parley is.</param>
    /// <param name="streamId">The conversation's name.</param>
    /// <param name="lastEventId">Events after this one are told; 0 for all.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ParleyException">There is no such stream, or the server could not be reached for <see cref="ParleyClientOptions.ReconnectFor"/>.</exception>
    /// <exception cref="ArgumentException">The address, the name or an option is none.</exception>
    public static Task<ParleyClient> ResumeAsync(
        Uri server, string streamId, long lastEventId = 0, ParleyClientOptions? options = null, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(new(server, Named(streamId), new(), Greeting.Resume, lastEventId, options), cancellationToken);

    /// <summary>Sends a chunk. Completes when it is in the buffer, and waits while that is full; <see cref="FlushAsync"/> says when it cannot be lost any more.</summary>
    /// <param name="chunk">What was recognised.</param>
    /// <param name="source">Which recogniser it comes from, where several feed one stream. One client at a time sends for a source.</param>
    /// <param name="cancellationToken">Gives up waiting; the chunk is not sent then.</param>
    /// <exception cref="ParleyException">The chunk breaks a rule (its times, or a name longer than <see cref="Names.MaxLength"/>), or is too long, or the client takes nothing more. It is not in the buffer.</exception>
    public Task SendAsync(Chunk chunk, string source = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(chunk.Text);
        ArgumentNullException.ThrowIfNull(source);
        if (!double.IsFinite(chunk.Start) || !double.IsFinite(chunk.End)) throw new ParleyException(ErrorCodes.InvalidChunk, "A chunk's times are finite numbers of seconds.");
        if (chunk.End < chunk.Start) throw new ParleyException(ErrorCodes.InvalidChunk, FormattableString.Invariant($"The chunk ends at {chunk.End}, before it starts at {chunk.Start}."));
        CheckName("speaker_id", chunk.SpeakerId, ErrorCodes.InvalidChunk);
        CheckName("key", chunk.Key, ErrorCodes.InvalidChunk);
        CheckName("source", source, ErrorCodes.InvalidChunk);
        return AddAsync(new OutgoingChunk(chunk, source), cancellationToken);
    }

    /// <summary>Sends a recogniser's own message, as it came. Completes as <see cref="SendAsync"/> does.</summary>
    /// <param name="format">Whose it is, such as <c>deepgram</c>; the server knows the names.</param>
    /// <param name="utf8">The message: one JSON value. It is copied.</param>
    /// <param name="source">Which recogniser it comes from, where several feed one stream. One client at a time sends for a source.</param>
    /// <param name="cancellationToken">Gives up waiting; the message is not sent then.</param>
    /// <exception cref="ParleyException">The message is not JSON or too long, or the source's name is, or the client takes nothing more. It is not in the buffer.</exception>
    public Task SendMessageAsync(string format, ReadOnlyMemory<byte> utf8, string source = "", CancellationToken cancellationToken = default)
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
    /// Completes when all that was handed in before is acknowledged: it cannot be lost any more. Where the server redacts, it holds back what may be
    /// part of a number until the speaker goes on or pauses, and this waits for that.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting, and changes nothing else.</param>
    /// <exception cref="ParleyException">
    /// The client has failed before that; or something was refused since this was last told: then <see cref="ParleyException.Refused"/> has it, and
    /// everything else is acknowledged.
    /// </exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await _outbox.FlushAsync(cancellationToken).ConfigureAwait(false);
        _outbox.ThrowRefusals();
    }

    /// <summary>
    /// Ends the conversation, once all that was handed in before is sent; nothing more can be sent then. Completes with what the conversation came to.
    /// Calling it again gives the same answer.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting. The conversation may end nevertheless.</param>
    /// <exception cref="ParleyException">
    /// The client has failed before that, or the stream was ended by somebody else before it took everything: <see cref="Unacknowledged"/> has the rest. Or
    /// something was refused since this was last told; the conversation has ended then.
    /// </exception>
    public async Task<SessionStats> EndAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _outbox.Close();
        await FlushForAsync(EndGrace, cancellationToken).ConfigureAwait(false);
        _outbox.WantEnd();
        var stats = await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        _outbox.ThrowRefusals();
        return stats;
    }

    /// <summary>
    /// Lets go of the conversation, which stays open on the server, and of everything that runs. What is in the buffer is not waited for: see
    /// <see cref="FlushAsync"/>, and <see cref="Unacknowledged"/>. Twice is fine.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        await SayGoodbyeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private static void CheckName(string field, string? name, string code)
    {
        if (name is { Length: > Names.MaxLength }) throw new ParleyException(code, $"{field} is longer than {Names.MaxLength} characters.");
    }

    private Task AddAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var bytes = message.Numbered(long.MaxValue).ToUtf8().Length;
        return bytes <= _options.MaxMessageBytes
            ? _outbox.AddAsync(message, cancellationToken)
            : throw new ParleyException(ErrorCodes.MessageTooLarge, $"The message takes {bytes} bytes; the most is {_options.MaxMessageBytes}.");
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
            await client._ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string Named(string streamId) => Protocol.StreamId.TryParse(streamId, out var uuid)
        ? Protocol.StreamId.From(uuid)
        : throw new ArgumentException("A stream's name is str- and a UUID.", nameof(streamId));
}
