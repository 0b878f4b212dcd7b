namespace Parley.Evaluation;

/// <summary>
/// Logistic regression over sparse features by FTRL-Proximal (McMahan and others, 2013): one text after the other, with an elastic net, which leaves the
/// weights of most features at 0. The order is fixed, so that the same texts give the same weights.
/// </summary>
internal sealed class FollowTheRegularizedLeader(int features)
{
    // Chosen by cross-validation over the training meetings.
    private const double LearningRate = 0.05;
    private const double Lasso = 3;
    private const double Ridge = 20;
    private const int Rounds = 3;

    private readonly float[] _gradients = new float[features];
    private readonly float[] _squares = new float[features];

    /// <summary>Fits the weights.</summary>
    public static FollowTheRegularizedLeader Fit(IEnumerable<LearningRow> rows, Func<Labelled, bool> isPositive)
    {
        var shuffled = rows.Select((row, place) => (row, place)).OrderBy(pair => Scatter(pair.place)).Select(pair => pair.row).ToArray();
        var leader = new FollowTheRegularizedLeader(LearningRow.FeatureCount);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var row in shuffled) leader.Learn(row.Features, isPositive(row.Label));
        }

        return leader;
    }

    /// <summary>Returns the log odds of a text.</summary>
    public double Score(int[] row)
    {
        var sum = 0.0;
        foreach (var feature in row) sum += Weight(feature);
        return sum;
    }

    /// <summary>Returns the weight of a feature.</summary>
    public double Weight(int feature)
    {
        var gradient = _gradients[feature];
        return Math.Abs(gradient) <= Lasso
            ? 0
            : (Math.Sign(gradient) * Lasso - gradient) / ((1 + Math.Sqrt(_squares[feature])) / LearningRate + Ridge);
    }

    private void Learn(int[] row, bool isPositive)
    {
        var gradient = 1 / (1 + Math.Exp(-Score(row))) - (isPositive ? 1 : 0);
        foreach (var feature in row)
        {
            var (weight, square) = (Weight(feature), _squares[feature]);
            var grown = square + gradient * gradient;
            _gradients[feature] += (float)(gradient - (Math.Sqrt(grown) - Math.Sqrt(square)) / LearningRate * weight);
            _squares[feature] = (float)grown;
        }
    }

    // Places next to each other come far apart, in the same way each time.
    private static ulong Scatter(int place) => ((ulong)place + 1) * 0x9E3779B97F4A7C15;
}
