namespace Parley.Evaluation;

/// <summary>
/// Logistic regression over sparse features by FTRL-Proximal (McMahan and others, 2013): one text after the other, with an elastic net,
/// which leaves the
/// weights of most features at 0. The orders of the texts are fixed, so that the same texts give the same weights.
/// </summary>
/// <param name="lasso">What a weight that is not 0 costs.</param>
/// <param name="ridge">What the square of a weight costs.</param>
/// <param name="rounds">How often each text is learned from.</param>
internal sealed class FollowTheRegularizedLeader(double lasso, double ridge, int rounds)
{
    private const double LearningRate = 0.05;

    /// <summary>Fits the weights of the features to texts.</summary>
    /// <param name="rows">The texts.</param>
    /// <param name="isPositive">Whether a text has what is learned.</param>
    /// <param name="orders">
    /// The number of orders in which the texts are learned from. The weights are the mean: what one order does by chance evens out.
    /// </param>
    public double[] Fit(IEnumerable<LearningRow> rows, Func<Labelled, bool> isPositive, int orders = 1)
    {
        var texts = rows.Select(row => (row.Features, IsPositive: isPositive(row.Label))).ToArray();
        var mean = new double[LearningRow.FeatureCount];
        for (var order = 0; order < orders; order++)
        {
            var places = Enumerable.Range(0, texts.Length).OrderBy(place => Scatter(place, order));
            var weights = Fit([.. places.Select(place => texts[place])]);
            for (var feature = 0; feature < mean.Length; feature++) mean[feature] += weights[feature] / orders;
        }

        return mean;
    }

    private double[] Fit(IReadOnlyList<(int[] Features, bool IsPositive)> texts)
    {
        var (gradients, squares) = (new double[LearningRow.FeatureCount], new double[LearningRow.FeatureCount]);
        var weights = new double[texts.Max(text => text.Features.Length)];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (features, isPositive) in texts) Learn(features, isPositive ? 1 : 0);
        }

        return [.. Enumerable.Range(0, LearningRow.FeatureCount).Select(Weight)];

        void Learn(int[] features, int label)
        {
            var sum = 0.0;
            for (var i = 0; i < features.Length; i++) sum += weights[i] = Weight(features[i]);
            var gradient = (1 / (1 + Math.Exp(-sum))) - label;
            for (var i = 0; i < features.Length; i++)
            {
                ref var square = ref squares[features[i]];
                var before = Math.Sqrt(square);
                square += gradient * gradient;
                gradients[features[i]] += gradient - ((Math.Sqrt(square) - before) / LearningRate * weights[i]);
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
    private static ulong Scatter(int place, int order)
    {
        var mixed = (((ulong)order << 32) + (ulong)place + 1) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
    }
}
