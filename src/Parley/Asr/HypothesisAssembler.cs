using System.Runtime.InteropServices;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Turns the messages of one recogniser stream into chunks that will not change and one tentative tail per speaker. It says no word twice:
/// what is a repeat
/// is decided by identity (key, time), never by text alone, because two people may both say yes.
/// </summary>
/// <remarks>
/// Deterministic: no clock, no I/O, no lock; memory is bounded by <see cref="AsrConfig"/>. For one thread at a time. No message makes it
/// throw: what is
/// out of order is counted, reported among the outputs and skipped.
/// </remarks>
public sealed partial class HypothesisAssembler
{
    private const int MaxChannels = 64;

    private readonly IAsrFormat _format;
    private IAsrReader _reader;
    private readonly AsrConfig _config;
    private readonly AsrUpdates _updates = new();
    private readonly List<AsrOutput> _outputs = [];
    private readonly long[] _anomalies = new long[AsrAnomalies.Count];
    private readonly ConnectionClock _clock = new();
    private readonly SaidTexts _said;
    private readonly CommitOrder _order = new();
    private readonly List<AsrChannel> _channels = [];
    private bool _heard;

    /// <summary>Opens an assembler for one stream.</summary>
    /// <param name="format">What its messages are written in.</param>
    /// <param name="config">Its bounds; null for the defaults.</param>
    public HypothesisAssembler(IAsrFormat format, AsrConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
        _reader = format.OpenReader();
        _config = config ?? new();
        _said = new(_config.MaxKeys);
    }

    /// <summary>How many messages were taken, the malformed ones included.</summary>
    public long Messages { get; private set; }

    /// <summary>The number of the recogniser's connection, from 0.</summary>
    public int Connection => _clock.Connection;

    /// <summary>How many keys of final text were forgotten because of <see cref="AsrConfig.MaxKeys"/>.</summary>
    public long KeysForgotten => _said.Forgotten;

    /// <summary>How often this happened.</summary>
    public long Count(AsrAnomaly anomaly) => _anomalies[(int)anomaly];

    /// <summary>Takes one message, in UTF-8, and says what follows from it. The span is valid until the next call.</summary>
    public ReadOnlySpan<AsrOutput> Ingest(ReadOnlyMemory<byte> message)
    {
        _outputs.Clear();
        if (message.Span.Trim(" \t\r\n"u8).IsEmpty) return default;

        Messages++;
        Read(message);
        return Follow();
    }

    /// <summary>Takes what a message of our own says, without the message.</summary>
    internal ReadOnlySpan<AsrOutput> Ingest(in AsrUpdate update)
    {
        _outputs.Clear();
        _updates.Clear();
        Messages++;
        _updates.Add(update);
        return Follow();
    }

    /// <summary>
    /// The recogniser's connection was opened again: keys and times start anew. Text that is still open is committed, because nothing can finish it.
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

        if (_heard || sentAudioSec is not null) StartConnection(sentAudioSec ?? _clock.Newest);
        return Outputs;
    }

    /// <summary>Commits the text that is still open. A later final of the same text adds only what it has more.</summary>
    /// <param name="reason">Why: <see cref="AsrCommitReason.ConnectionClosed"/>, <see cref="AsrCommitReason.GraceEnded"/> or <see
    /// cref="AsrCommitReason.SessionEnded"/>.</param>
    public ReadOnlySpan<AsrOutput> CommitOpen(AsrCommitReason reason)
    {
        _outputs.Clear();
        CommitAll(reason);
        return Outputs;
    }

    private ReadOnlySpan<AsrOutput> Follow()
    {
        foreach (var step in _updates.Steps) Apply(step);
        ShowTails();
        return Outputs;
    }

    private ReadOnlySpan<AsrOutput> Outputs => CollectionsMarshal.AsSpan(_outputs);

    private void Read(ReadOnlyMemory<byte> utf8)
    {
        _updates.Clear();
        var message = AsrMessage.Parse(utf8);
        try
        {
            _reader.Read(message, _updates);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            _updates.Clear();
            // Only our own exception is known not to quote the message.
            Report(AsrAnomaly.Malformed, unreadable is AsrMessageException ? unreadable.Message : "unreadable");
        }
        finally
        {
            message.Release();
        }
    }

    private void Apply(AsrUpdates.Step step)
    {
        var update = step.Update;
        switch (step.Kind)
        {
            case AsrUpdates.StepKind.Text: Hear(update, _updates.WordsOf(step)); break;
            case AsrUpdates.StepKind.Commit: CommitKey(update.Key!); break;
            case AsrUpdates.StepKind.EndOfTurn: EndTurn(Channel(update.Channel)); break;
            case AsrUpdates.StepKind.NameSpeaker: Rename(_said.Find(update.Key), update.SpeakerId); break;
            case AsrUpdates.StepKind.NewConnection: if (_heard) StartConnection(_clock.Newest); break;
            case AsrUpdates.StepKind.Announce: Announce(update.Key!, step.Detail); break;
            case AsrUpdates.StepKind.Fail: Fail(update.Key!); break;
            case AsrUpdates.StepKind.Await: Await(update.Key!); break;
            case AsrUpdates.StepKind.Report: Report(step.Anomaly, step.Detail); break;
            case AsrUpdates.StepKind.EndOfConnection:
                CommitAll(AsrCommitReason.ConnectionClosed);
                _outputs.Add(new(AsrOutputKind.EndOfConnection));
                break;
        }
    }

    private void StartConnection(double offset)
    {
        CommitAll(AsrCommitReason.NewConnection);
        _clock.Restart(offset);
        if (!_format.KeysOutliveConnections) _said.NewConnection();
        _order.Clear();
        _channels.Clear();
        _heard = false;
        _outputs.Add(new(AsrOutputKind.NewConnection, Chunk: new(_clock.Offset, _clock.Offset, "")));
    }

    private AsrChannel Channel(string? name)
    {
        foreach (var known in _channels)
        {
            if (string.Equals(known.Name, name, StringComparison.Ordinal)) return known;
        }

        if (_channels.Count == MaxChannels) _channels.RemoveAt(0);
        var channel = new AsrChannel(name);
        _channels.Add(channel);
        return channel;
    }

    private void Report(AsrAnomaly anomaly, string? detail = null)
    {
        _anomalies[(int)anomaly]++;
        _outputs.Add(new(AsrOutputKind.Anomaly, Anomaly: anomaly, Detail: detail));
    }
}
