using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;

namespace Parley.Semantics;

/// <summary>What speaks for each intent, as natural logarithms of odds.</summary>
internal readonly record struct IntentWeights(
    float Question, float Action, float Agreement, float Clarification, float Commitment, float Decision)
{
    public static IntentWeights operator +(IntentWeights a, IntentWeights b) => new(
        a.Question + b.Question,
        a.Action + b.Action,
        a.Agreement + b.Agreement,
        a.Clarification + b.Clarification,
        a.Commitment + b.Commitment,
        a.Decision + b.Decision);
}

/// <summary>
/// The table behind the intents: a linear model over <see cref="IntentFeatures"/>, one readable row per feature.
/// <c>bench/Parley.Evaluation train</c> writes it.
/// </summary>
internal sealed class IntentModel
{
    public const string BiasRow = "(bias)";
    public const string ThresholdRow = "(threshold)";

    private readonly FrozenDictionary<ulong, IntentWeights> _weights;

    // Nearly all sequences are in no table: one bit of 65,536 says so for most, out of the nearest cache.
    private readonly ulong[] _maybe = new ulong[1 << 10];

    public IntentModel(TextReader table)
    {
        var weights = new Dictionary<ulong, IntentWeights>();
        while (table.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var cells = line.Split('\t');
            var row = new IntentWeights(Cell(1), Cell(2), Cell(3), Cell(4), Cell(5), Cell(6));
            if (cells[0] == BiasRow) Bias = row;
            else if (cells[0] == ThresholdRow) Threshold = row;
            else weights.Add(IntentFeatures.HashOf([.. cells[0].Split(' ').Select(token => WordReader.HashOf(token))]), row);

            float Cell(int column) => cells.Length <= column || cells[column].Length == 0
                ? 0
                : float.Parse(cells[column], CultureInfo.InvariantCulture);
        }

        _weights = weights.ToFrozenDictionary();
        foreach (var feature in weights.Keys) _maybe[Slot(feature)] |= Bit(feature);
    }

    /// <summary>Gets a fingerprint of the table.</summary>
    public static string Fingerprint { get; } = Hash();

    public static IntentModel Default { get; } = Load();

    public IntentWeights Bias { get; }

    /// <summary>The sum above which an intent is given: where F1 was best when the training half was cross-validated.</summary>
    public IntentWeights Threshold { get; }

    public bool TryGet(ulong feature, out IntentWeights weights)
    {
        weights = default;
        return (_maybe[Slot(feature)] & Bit(feature)) != 0 && _weights.TryGetValue(feature, out weights);
    }

    private static int Slot(ulong feature) => (int)(feature >> 54);

    private static ulong Bit(ulong feature) => 1UL << (int)(feature >> 48);

    private static IntentModel Load()
    {
        using var reader = new StreamReader(Table());
        return new IntentModel(reader);
    }

    private static string Hash()
    {
        using var table = Table();
        return Convert.ToHexStringLower(SHA256.HashData(table));
    }

    private static Stream Table() => typeof(IntentModel).Assembly.GetManifestResourceStream("Parley.Semantics.intents.tsv")!;
}
