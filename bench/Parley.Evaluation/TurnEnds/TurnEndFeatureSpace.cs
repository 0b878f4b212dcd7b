using Parley.Semantics;

namespace Parley.Evaluation.TurnEnds;

/// <summary>Numbers the features of the turn-end model and remembers how each is written.</summary>
internal sealed class TurnEndFeatureSpace
{
    private readonly Dictionary<ulong, string> _tokens =
        TurnEndFeatures.MarkNames.ToDictionary(name => WordReader.HashOf(name), name => name);

    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<string> _names = [];
    private readonly List<int> _found = [];

    public IReadOnlyList<string> Names => _names;

    public int[] Read(string text, int pause)
    {
        var reader = new WordReader(text);
        while (reader.MoveNext()) _tokens.TryAdd(reader.Hash, text[reader.Start..reader.End].ToLowerInvariant());
        _found.Clear();
        var sink = new Sink(this);
        TurnEndFeatures.Read(text, pause, ref sink);
        return [.. _found.Order()];
    }

    private readonly struct Sink(TurnEndFeatureSpace space) : ITurnEndFeatureSink
    {
        public void Add(ulong hash, ReadOnlySpan<ulong> tokens)
        {
            if (!space._numbers.TryGetValue(hash, out var number))
            {
                number = space._names.Count;
                space._numbers.Add(hash, number);
                var name = space._tokens[tokens[0]];
                foreach (var token in tokens[1..]) name += " " + space._tokens[token];
                space._names.Add(name);
            }

            space._found.Add(number);
        }
    }
}
