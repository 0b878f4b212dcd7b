using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parley.Semantics;

/// <summary>The outputs of the model: three intents, and a subtype each for questions and actions.</summary>
internal enum IntentColumn
{
    Question,
    Action,
    Agreement,
    Clarification,
    Commitment,
}

/// <summary>A value for each <see cref="IntentColumn"/>.</summary>
[InlineArray(IntentTable.Columns)]
internal struct PerColumn<T>
{
    private T _first;
}

/// <summary>
/// The weights of a linear model over <see cref="IntentFeatures"/>: what each feature adds to the log odds of each column. A feature's row
/// is found by its
/// hash, so that features may share one; training knows that. Weights are whole numbers of <see cref="Step"/>, so that their sum is the
/// same on every machine.
/// </summary>
internal sealed class IntentTable
{
    /// <summary>The number of columns.</summary>
    public const int Columns = 5;

    /// <summary>The number of rows: a power of two.</summary>
    public const int Rows = 1 << RowBits;

    /// <summary>What a weight of one adds to the log odds.</summary>
    public const float Step = 1 / 32f;

    private const int RowBits = 18;

    private readonly sbyte[] _weights;
    private readonly float[] _bias;
    private readonly float[] _thresholds;

    /// <summary>Creates a table.</summary>
    /// <param name="bias">The log odds of each column before any feature.</param>
    /// <param name="thresholds">The probability of each column from which on it is given.</param>
    /// <param name="weights">The weights, row by row.</param>
    public IntentTable(float[] bias, float[] thresholds, sbyte[] weights) => (_bias, _thresholds, _weights) = (bias, thresholds, weights);

    /// <summary>Returns the row of a feature.</summary>
    public static int RowOf(ulong feature) => (int)(feature >> (64 - RowBits));

    /// <summary>Returns the weights of a feature.</summary>
    public ReadOnlySpan<sbyte> WeightsOf(ulong feature) => _weights.AsSpan(RowOf(feature) * Columns, Columns);

    /// <summary>Returns the log odds of a column for a sum of weights.</summary>
    public double LogOdds(IntentColumn column, int sum) => _bias[(int)column] + (double)sum * Step;

    /// <summary>Returns the probability from which on a column is given.</summary>
    public double Threshold(IntentColumn column) => _thresholds[(int)column];

    /// <summary>Reads a table that <see cref="Write"/> wrote.</summary>
    public static IntentTable Read(Stream stream)
    {
        var (bias, thresholds, weights) = (ReadColumns(stream), ReadColumns(stream), new sbyte[Rows * Columns]);
        stream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new IntentTable(bias, thresholds, weights);
    }

    /// <summary>Writes the table.</summary>
    public void Write(Stream stream)
    {
        WriteColumns(stream, _bias);
        WriteColumns(stream, _thresholds);
        stream.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
    }

    // Little-endian on every machine.
    private static float[] ReadColumns(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[Columns * sizeof(float)];
        stream.ReadExactly(bytes);
        var values = new float[Columns];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return values;
    }

    private static void WriteColumns(Stream stream, float[] values)
    {
        Span<byte> bytes = stackalloc byte[Columns * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
        stream.Write(bytes);
    }
}
