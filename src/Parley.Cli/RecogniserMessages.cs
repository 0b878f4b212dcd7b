using Parley.Asr;

namespace Parley.Cli;

/// <summary>Messages of a recogniser, in a format that is named or told by their shape.</summary>
/// <param name="format">A format's name, or <c>auto</c>.</param>
/// <param name="told">Told what was detected, and why.</param>
internal sealed class RecogniserMessages(string format, Action<AsrDetection> told)
{
    public const string Auto = "auto";

    private const int MessagesToTellBy = 50;

    // Kept until the format is known: they may say something in it.
    private readonly List<byte[]> _untold = [];
    private HypothesisAssembler? _assembler = format == Auto ? null : Open(AsrFormats.Default.Get(format));

    /// <summary>The format, once it is known.</summary>
    public string? Format { get; private set; } = format == Auto ? null : format;

    public static IEnumerable<string> Names => AsrFormats.Default.All.Select(known => known.Name);

    /// <summary>Takes one message, and adds what follows from it.</summary>
    public void Take(ReadOnlyMemory<byte> message, List<AsrOutput> outputs)
    {
        if (_assembler is null && !Tell(message, outputs)) return;
        outputs.AddRange(_assembler!.Ingest(message));
    }

    /// <summary>The recogniser has gone: what is open is all there will be.</summary>
    public void End(List<AsrOutput> outputs)
    {
        if (_assembler is null && _untold.Count > 0) throw Unknown();
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

    private bool Tell(ReadOnlyMemory<byte> message, List<AsrOutput> outputs)
    {
        if (AsrFormats.Default.Detect(message) is not { } detection)
        {
            _untold.Add(message.ToArray());
            return _untold.Count < MessagesToTellBy ? false : throw Unknown();
        }

        Format = detection.Format.Name;
        _assembler = Open(detection.Format);
        told(detection);
        foreach (var earlier in _untold) outputs.AddRange(_assembler.Ingest(earlier));
        _untold.Clear();
        return true;
    }

    private static HypothesisAssembler Open(IAsrFormat format) => new(format);

    private static CommandException Unknown() => new($"cannot tell which recogniser this is; name one with --format: {string.Join(", ", Names)}.");
}
