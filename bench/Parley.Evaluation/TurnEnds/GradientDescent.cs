namespace Parley.Evaluation.TurnEnds;

/// <summary>
/// Logistic regression over sparse features that are there or not, by gradient descent: one example after the other, with a step for each feature that shrinks as the
/// feature is seen (AdaGrad), so that rare words get their weight in few passes. The order of the examples is shuffled with a fixed seed: the same examples give the same
/// weights.
/// </summary>
/// <param name="passes">How often every example is seen.</param>
/// <param name="step">The first step.</param>
/// <param name="ridge">The penalty on squared weights, for every example.</param>
internal sealed class GradientDescent(int passes, double step, double ridge)
{
    private const int Seed = 1;

    /// <summary>Fits the weights, the bias last.</summary>
    public double[] Fit(IReadOnlyList<int[]> rows, IReadOnlyList<bool> labels, int features)
    {
        var (weights, seen) = (new double[features + 1], new double[features + 1]);
        var order = Enumerable.Range(0, rows.Count).ToArray();
        var random = new Random(Seed);
        for (var pass = 0; pass < passes; pass++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                var logOdds = weights[features];
                foreach (var feature in rows[i]) logOdds += weights[feature];
                var error = (1 / (1 + Math.Exp(-logOdds))) - (labels[i] ? 1 : 0);
                Move(features, error);
                foreach (var feature in rows[i]) Move(feature, error + (ridge * weights[feature]));
            }
        }

        return weights;

        void Move(int feature, double gradient)
        {
            seen[feature] += gradient * gradient;
            weights[feature] -= step * gradient / Math.Sqrt(seen[feature] + 0.1);
        }
    }
}
