namespace Parley.Evaluation;

/// <summary>
/// Logistic regression over sparse features that are there or not, with an elastic net, by accelerated proximal
/// gradient (FISTA). There is no randomness in it.
/// </summary>
internal sealed class LogisticRegression(double lasso, double ridge)
{
    private const int Rounds = 300;

    /// <summary>Fits the weights, the bias last.</summary>
    public double[] Fit(IReadOnlyList<int[]> rows, IReadOnlyList<bool> labels, int features)
    {
        var weights = new double[features + 1];
        var ahead = new double[features + 1];
        var step = 1 / (0.25 * SquaredNorm(rows, features) + ridge);
        var positives = labels.Count(label => label);
        weights[features] = ahead[features] = Math.Log((positives + 0.5) / (labels.Count - positives + 0.5));
        var pace = 1.0;
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = Gradient(rows, labels, ahead);
            var faster = (1 + Math.Sqrt(1 + 4 * pace * pace)) / 2;
            var momentum = (pace - 1) / faster;
            pace = faster;
            for (var j = 0; j <= features; j++)
            {
                var moved = ahead[j] - step * gradient[j];
                if (j < features) moved = Math.Sign(moved) * Math.Max(0, Math.Abs(moved) - step * lasso);
                ahead[j] = moved + momentum * (moved - weights[j]);
                weights[j] = moved;
            }
        }

        return weights;
    }

    public static double Score(double[] weights, int[] row)
    {
        var sum = weights[^1];
        foreach (var j in row)
        {
            if (j < weights.Length - 1) sum += weights[j];   // features that training has not seen weigh nothing
        }

        return sum;
    }

    private double[] Gradient(IReadOnlyList<int[]> rows, IReadOnlyList<bool> labels, double[] at)
    {
        var gradient = new double[at.Length];
        for (var j = 0; j < at.Length - 1; j++) gradient[j] = ridge * at[j];
        for (var i = 0; i < rows.Count; i++)
        {
            var error = 1 / (1 + Math.Exp(-Score(at, rows[i]))) - (labels[i] ? 1 : 0);
            foreach (var j in rows[i]) gradient[j] += error;
            gradient[^1] += error;
        }

        return gradient;
    }

    // The greatest eigenvalue of X'X with the bias column, by power iteration: it bounds the curvature.
    private static double SquaredNorm(IReadOnlyList<int[]> rows, int features)
    {
        var direction = new double[features + 1];
        Array.Fill(direction, 1);
        var norm = 1.0;
        for (var round = 0; round < 20; round++)
        {
            var next = new double[features + 1];
            foreach (var row in rows)
            {
                var dot = Score(direction, row);
                foreach (var j in row) next[j] += dot;
                next[^1] += dot;
            }

            norm = Math.Sqrt(next.Sum(x => x * x));
            for (var j = 0; j <= features; j++) direction[j] = next[j] / norm;
        }

        return norm * 1.05;
    }
}
