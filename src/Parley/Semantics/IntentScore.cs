namespace Parley.Semantics;

/// <summary>Adds up what the features of a text weigh, each once, and remembers which of its words weigh most.</summary>
/// <param name="table">The weights.</param>
/// <param name="seen">Where the features that were added are remembered: <see cref="SeenSize"/> zeros.</param>
internal ref struct IntentScore(IntentTable table, Span<ulong> seen) : IFeatureSink
{
    /// <summary>The size of the memory of what was added: 4 KB, so that few features of a text are taken for another.</summary>
    public const int SeenSize = 512;

    private readonly Span<ulong> _seen = seen;
    private PerColumn<int> _sums;
    private PerColumn<int> _most;
    private PerColumn<Range> _evidence;

    /// <inheritdoc/>
    public void Add(ulong feature, int start, int end)
    {
        ref var bits = ref _seen[(int)(feature >> 6) & (SeenSize - 1)];
        var bit = 1UL << (int)feature;
        if ((bits & bit) != 0) return;
        bits |= bit;

        var weights = table.WeightsOf(feature);
        for (var column = 0; column < weights.Length; column++)
        {
            var weight = weights[column];
            _sums[column] += weight;
            if (end == 0 || weight <= _most[column]) continue;
            _most[column] = weight;
            _evidence[column] = start..end;
        }
    }

    /// <summary>Returns the log odds of a column.</summary>
    public readonly double LogOdds(IntentColumn column) => table.LogOdds(column, _sums[(int)column]);

    /// <summary>Returns the words that speak most for a column.</summary>
    public readonly Range Evidence(IntentColumn column) => _evidence[(int)column];
}
