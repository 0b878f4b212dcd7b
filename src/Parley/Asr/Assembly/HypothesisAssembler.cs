using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Turns the messages of one recogniser stream into chunks that will not change and one tentative tail per speaker. It says no word twice:
/// what is a repeat is decided by its key, or by its words and their times, never by text or time alone, because two people may both say
/// yes. Where nothing can decide it, a word is said, and counted as a possible repeat.
/// </summary>
/// <remarks>
/// Deterministic: no clock, no I/O, no lock; memory is bounded by <see cref="AsrConfig"/>. For one thread at a time. No message makes it
/// throw: what is out of order is counted, reported among the outputs and skipped.
/// </remarks>
public sealed class HypothesisAssembler
{
    private readonly IAsrFormat _format;
    private readonly AsrUpdates _updates = new();
    private readonly AssemblyOutputs _outputs = new();
    private readonly StreamConnections _connections;
    private readonly UpdateSteps _steps;
    private IAsrReader _reader;

    /// <summary>Opens an assembler for one stream.</summary>
    /// <param name="format">What its messages are written in.</param>
    /// <param name="config">Its bounds; null for the defaults.</param>
    public HypothesisAssembler(IAsrFormat format, AsrConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        config ??= new();
        _format = format;
        _reader = format.OpenReader();
        _connections = new(format, config);
        _steps = new(format, config, _connections, _outputs);
    }

    /// <summary>How many messages were taken, the malformed ones included.</summary>
    public long Messages => _steps.Message;

    /// <summary>The number of the recogniser's connection, from 0.</summary>
    public int Connection => _connections.Current.Number;

    /// <summary>How many keys of final text were forgotten because of <see cref="AsrConfig.MaxKeys"/>.</summary>
    public long KeysForgotten => _connections.Forgotten;

    /// <summary>
    /// The first message, counted as <see cref="Messages"/>, without which open text could not be put together again; null where there is
    /// none: then all that was taken is committed, or will be said again by its recogniser.
    /// </summary>
    internal long? NeededFrom => _steps.NeededFrom;

    /// <summary>Whether text is open that may still be committed.</summary>
    internal bool HasOpenText => _steps.HasOpenText;

    /// <summary>Where the connection began, in seconds of the stream.</summary>
    internal double Offset => _connections.Current.Offset;

    /// <summary>The latest time heard of, in seconds of the stream.</summary>
    internal double Newest => _connections.Newest;

    /// <summary>How often this happened.</summary>
    public long Count(AsrAnomaly anomaly) => _outputs.Count(anomaly);

    /// <summary>Takes one message, in UTF-8, and says what follows from it. The span is valid until the next call.</summary>
    public ReadOnlySpan<AsrOutput> Ingest(ReadOnlyMemory<byte> message)
    {
        var parsed = AsrMessage.Parse(message);
        try
        {
            return Ingest(parsed);
        }
        finally
        {
            parsed.Release();
        }
    }

    /// <summary>Takes one message that is parsed already. Its caller releases it.</summary>
    internal ReadOnlySpan<AsrOutput> Ingest(AsrMessage message)
    {
        _outputs.Clear();
        if (message.Utf8.Span.Trim(" \t\r\n"u8).IsEmpty) return default;

        Read(message);
        return Follow();
    }

    /// <summary>Takes what a message of our own says, without the message.</summary>
    internal ReadOnlySpan<AsrOutput> Ingest(in AsrUpdate update)
    {
        _outputs.Clear();
        _updates.Clear();
        _updates.Add(update);
        return Follow();
    }

    /// <summary>
    /// The recogniser's connection was opened again: keys and times start anew. Text that is still open is committed, because nothing can
    /// finish it.
    /// </summary>
    /// <param name="sentAudioSec">
    /// How many seconds of audio had been sent in all when it was opened: where its clock starts. Null: where the last text ended. Never
    /// wall-clock time.
    /// </param>
    public ReadOnlySpan<AsrOutput> NewConnection(double? sentAudioSec = null)
    {
        _outputs.Clear();
        if (sentAudioSec is { } sec && !double.IsFinite(sec))
            throw new ArgumentOutOfRangeException(nameof(sentAudioSec), sec, "sentAudioSec must be finite.");

        if (_connections.IsHeard || sentAudioSec is not null) _steps.Connect(Math.Max(sentAudioSec ?? 0, _connections.Newest));
        return _outputs.All;
    }

    /// <summary>Commits the text that is still open. A later final of the same text adds only what it has more.</summary>
    /// <param name="reason">Why: <see cref="AsrCommitReason.ConnectionClosed"/>, <see cref="AsrCommitReason.GraceEnded"/> or <see
    /// cref="AsrCommitReason.SessionEnded"/>.</param>
    public ReadOnlySpan<AsrOutput> CommitOpen(AsrCommitReason reason)
    {
        _outputs.Clear();
        _steps.CommitAll(reason);
        return _outputs.All;
    }

    /// <summary>
    /// Goes on with a stream that another assembler heard before: its committed text is known again, and is not said twice. What was open
    /// is not known; its recogniser, or its sender, says it again.
    /// </summary>
    /// <param name="connection">The number of the recogniser's connection, from 0: <see cref="Connection"/> as it was.</param>
    /// <param name="offset">
    /// Where that connection began, in seconds of the stream: the start of its <see cref="AsrOutputKind.NewConnection"/>, else 0.
    /// </param>
    /// <param name="committed">
    /// What was committed in that connection, oldest first; the last few hundred will do. Other outputs are passed over. The texts may have
    /// been redacted.
    /// </param>
    /// <param name="isWhole">Whether that is all of it. Otherwise what is older counts as said.</param>
    /// <exception cref="InvalidOperationException">It has taken messages.</exception>
    public void Resume(int connection, double offset, IEnumerable<AsrOutput> committed, bool isWhole = true)
    {
        ArgumentNullException.ThrowIfNull(committed);
        if (Messages > 0) throw new InvalidOperationException("An assembler resumes before its first message.");
        new Recollection(_format, _connections).Recall(connection, offset, committed, isWhole);
        _reader = _format.ResumeReader(_connections.Newest - offset);
    }

    private void Read(AsrMessage message)
    {
        _updates.Clear();
        try
        {
            _reader.Read(message, _updates);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            _updates.Clear();
            // Only our own exception is known not to quote the message.
            _updates.Report(AsrAnomaly.Malformed, unreadable is AsrMessageException ? unreadable.Message : "unreadable");
        }
    }

    private ReadOnlySpan<AsrOutput> Follow()
    {
        _steps.Take(_updates);
        return _outputs.All;
    }
}
