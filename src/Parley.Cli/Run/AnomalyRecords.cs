namespace Parley.Cli.Run;

/// <summary>The text of a recogniser that is in no segment, or that may be in the segments twice.</summary>
internal sealed class AnomalyRecords
{
    /// <summary>The maximum number of records that are listed.</summary>
    public const int MaxListed = 1_000;

    private readonly List<AnomalyRecord> _listed = [];

    /// <summary>Gets how many records there are.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the first <see cref="MaxListed"/> of them, in the order in which they came.</summary>
    public IReadOnlyList<AnomalyRecord> Listed => _listed;

    /// <summary>Adds a record, or the number of those that have no text.</summary>
    public void Add(AnomalyRecord record, int count)
    {
        Count += count;
        if (_listed.Count < MaxListed) _listed.Add(record);
    }
}

/// <summary>One of them. What was redacted in the segments is redacted here, too.</summary>
/// <param name="Kind">Why: one of the anomalies of <c>docs/recognisers.md</c>.</param>
/// <param name="Start">Where it starts, in seconds of audio time; left out where that is not known.</param>
/// <param name="End">Where it ends.</param>
/// <param name="SpeakerId">Who said it; null where nobody is named.</param>
/// <param name="Text">The text; null where a message had more records than are kept.</param>
internal sealed record AnomalyRecord(string Kind, double? Start, double? End, string? SpeakerId, string? Text);
