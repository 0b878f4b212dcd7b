using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>What follows from one message, and the count of all that was out of order.</summary>
internal sealed class AssemblyOutputs
{
    private readonly List<AsrOutput> _outputs = [];
    private readonly long[] _anomalies = new long[AsrAnomalies.Count];

    public ReadOnlySpan<AsrOutput> All => CollectionsMarshal.AsSpan(_outputs);

    public void Clear() => _outputs.Clear();

    public void Add(in AsrOutput output) => _outputs.Add(output);

    public long Count(AsrAnomaly anomaly) => _anomalies[(int)anomaly];

    public void Report(AsrAnomaly anomaly, string? detail = null, StreamChunk text = default)
    {
        _anomalies[(int)anomaly]++;
        _outputs.Add(new(AsrOutputKind.Anomaly, Chunk: text, Anomaly: anomaly, Detail: detail));
    }
}
