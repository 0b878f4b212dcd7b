using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>Builds a table of weights, rounded to what it stores.</summary>
internal sealed class TableBuilder
{
    private readonly float[] _bias = new float[IntentTable.Columns];
    private readonly float[] _thresholds = new float[IntentTable.Columns];
    private readonly sbyte[] _weights = new sbyte[IntentTable.Rows * IntentTable.Columns];

    /// <summary>Sets a column.</summary>
    public void Set(IntentColumn column, Func<int, double> weightOf, double threshold)
    {
        (_bias[(int)column], _thresholds[(int)column]) = ((float)weightOf(LearningRow.Bias), (float)threshold);
        for (var row = 0; row < IntentTable.Rows; row++)
        {
            var weight = Math.Round(weightOf(row) / IntentTable.Step);
            _weights[(row * IntentTable.Columns) + (int)column] = (sbyte)Math.Clamp(weight, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    /// <summary>Returns the table.</summary>
    public IntentTable Build() => new(_bias, _thresholds, _weights);
}
