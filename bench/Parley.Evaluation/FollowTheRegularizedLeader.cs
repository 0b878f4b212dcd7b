namespace Parley.Evaluation;

/// <summary>
/// Logistic regression over sparse features by FTRL-Proximal (McMahan and others, 2013): one text after the other, with an elastic net, which leaves the
/// weights of most features at 0. The order is fixed, so that the same texts give the same weights.
/// </summary>
/// <param name="lasso">What a weight that is not 0 costs.</param>
/// <param name="ridge">What the square of a weight costs.</param>
/// <param name="rounds">How often each text is learned from.</param>
internal sealed class FollowTheRegularizedLeader(double lasso, double ridge, int rounds)
{
    private const double LearningRate = 0.05;

    /// <summary>Fits the weights of the features to texts.</summary>
    public double[] Fit(IEnumerable<LearningRow> rows, Func<Labelled, bool> isPositive)
    {
        var shuffled = rows.Select((row, place) => (row, place)).OrderBy(pair => Scatter(pair.place)).Select(pair => pair.row).ToArray();
        var (gradients, squares) = (new double[LearningRow.FeatureCount], new double[LearningRow.FeatureCount]);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var row in shuffled) Learn(row.Features, isPositive(row.Label));
        }

        return [.. Enumerable.Range(0, LearningRow.FeatureCount).Select(Weight)];

        void Learn(int[] row, bool isOne)
        {
            var gradient = (1 / (1 + Math.Exp(-row.Sum(Weight)))) - (isOne ? 1 : 0);
            foreach (var feature in row)
            {
                var (weight, square) = (Weight(feature), squares[feature]);
                squares[feature] = square + (gradient * gradient);
                gradients[feature] += gradient - ((Math.Sqrt(squares[feature]) - Math.Sqrt(square)) / LearningRate * weight);
            }
        }

        double Weight(int feature)
        {
            var gradient = gradients[feature];
            return Math.Abs(gradient) <= lasso
                ? 0
                : ((Math.Sign(gradient) * lasso) - gradient) / (((1 + Math.Sqrt(squares[feature])) / LearningRate) + ridge);
        }
    }

    // Places next to each other come far apart, in the same way each time.
    private static ulong Scatter(int place) => ((ulong)place + 1) * 0x9E3779B97F4A7C15;
}
