using Parley.Asr;

namespace Parley.Cli;

/// <summary>Messages of a recogniser, in a format that is named or told by their shape, and what they say.</summary>
/// <param name="format">A format's name, or <c>auto</c>.</param>
/// <param name="config">The bounds of the assembler.</param>
/// <param name="told">Told what was detected, and why.</param>
internal sealed class RecogniserMessages(string format, AsrConfig config, Action<AsrDetection> told)
{
    private readonly RecogniserFormat _format = new(format, told);
    private HypothesisAssembler? _assembler;

    /// <summary>The format; null while it is not known.</summary>
    public string? Format => _format.Name;

    /// <summary>How many messages could not be read, or said nothing in the format.</summary>
    public long Unread => (_assembler?.Count(AsrAnomaly.Malformed) + _assembler?.Count(AsrAnomaly.UnknownMessage)) ?? 0;

    /// <summary>Takes one message, and adds what follows from it.</summary>
    public void Take(ReadOnlyMemory<byte> message, List<AsrOutput> outputs)
    {
        foreach (var known in _format.Take(message))
        {
            _assembler ??= new(AsrFormats.Default.Get(_format.Name!), config);
            outputs.AddRange(_assembler.Ingest(known));
        }
    }

    /// <summary>The recogniser has gone: what is open is all there will be.</summary>
    public void End(List<AsrOutput> outputs)
    {
        _format.End();
        if (_assembler is not null) outputs.AddRange(_assembler.CommitOpen(AsrCommitReason.ConnectionClosed));
    }

    /// <summary>What was out of order, by name; only what was.</summary>
    public SortedDictionary<string, long> Anomalies()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var anomaly in Enum.GetValues<AsrAnomaly>())
        {
            if (_assembler?.Count(anomaly) is > 0 and var count) counts[anomaly.WireName()] = count;
        }

        return counts;
    }
}
