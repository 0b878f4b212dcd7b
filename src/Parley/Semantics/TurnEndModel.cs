using System.Collections.Frozen;
using System.Globalization;

namespace Parley.Semantics;

/// <summary>
/// Predicts from a speaker's last words and the pause so far whether they are done: a linear model over <see cref="TurnEndFeatures"/>, one readable row per feature.
/// <c>bench/Parley.Evaluation -- turn-end train</c> writes the table.
/// </summary>
internal sealed class TurnEndModel
{
    public const string BiasRow = "(bias)";

    private readonly FrozenDictionary<ulong, float> _weights;
    private readonly float _bias;

    /// <summary>Reads a table.</summary>
    public TurnEndModel(TextReader table)
    {
        var weights = new Dictionary<ulong, float>();
        while (table.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var (name, weight) = (line[..tab], float.Parse(line[(tab + 1)..], CultureInfo.InvariantCulture));
            if (name == BiasRow) _bias = weight;
            else weights.Add(TurnEndFeatures.HashOf([.. name.Split(' ').Select(token => WordReader.HashOf(token))]), weight);
        }

        _weights = weights.ToFrozenDictionary();
    }

    /// <summary>Gets the model that comes with Parley. It reads English.</summary>
    public static TurnEndModel Default { get; } = Load();

    /// <summary>Returns whether the model knows a language.</summary>
    /// <param name="language">A language tag such as <c>en-GB</c>; null where the language is not known, which counts as English.</param>
    public static bool Reads(string? language) =>
        language is null || (language.StartsWith("en", StringComparison.OrdinalIgnoreCase) && (language.Length == 2 || language[2] is '-' or '_'));

    /// <summary>Returns the probability, from 0 to 1, that a speaker is done. 0 where the text has no words.</summary>
    /// <param name="text">What the speaker has said without a long pause.</param>
    /// <param name="pauseSec">How long the speaker has paused by now, in seconds.</param>
    public double Probability(ReadOnlySpan<char> text, double pauseSec)
    {
        var sum = new Sum(_weights, _bias);
        TurnEndFeatures.Read(text, TurnEndFeatures.PauseOf(pauseSec), ref sum);
        return sum.Features == 0 ? 0 : 1 / (1 + Math.Exp(-sum.LogOdds));
    }

    private static TurnEndModel Load()
    {
        using var reader = new StreamReader(typeof(TurnEndModel).Assembly.GetManifestResourceStream("Parley.Semantics.turn-end.tsv")!);
        return new TurnEndModel(reader);
    }

    private struct Sum(FrozenDictionary<ulong, float> weights, float bias) : ITurnEndFeatureSink
    {
        public double LogOdds { get; private set; } = bias;

        public int Features { get; private set; }

        public void Add(ulong hash, ReadOnlySpan<ulong> tokens)
        {
            Features++;
            if (weights.TryGetValue(hash, out var weight)) LogOdds += weight;
        }
    }
}
