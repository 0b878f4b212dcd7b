using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>Numbers the features of a training set and remembers how each is written.</summary>
internal sealed class FeatureSpace(Hints hints)
{
    private readonly Dictionary<ulong, string> _tokens = WordClasses.Names.Concat(IntentFeatures.MarkNames)
        .ToDictionary(name => WordReader.HashOf(name), name => name);

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Names => _names;

    public int NumberOf(string name) => _numbers.GetValueOrDefault(name, -1);

    /// <summary>The features of a text, as often as they occur. A group of hints is a feature like any other, its name in brackets.</summary>
    public int[] Read(string text)
    {
        var reader = new WordReader(text);
        while (reader.MoveNext())
        {
            _tokens.TryAdd(
                reader.Hash,
                string.Concat(text[reader.Start..reader.End].Select(c => WordReader.IsApostrophe(c) ? '\'' : WordReader.Lower(c))));
        }

        _found.Clear();
        var sink = new Sink(this);
        IntentFeatures.Read(text, ref sink);
        var groups = _found.SelectMany(hints.Of).Select(group => $"({group})");
        return [.. _found.Concat(groups).Select(Number).Order()];
    }

    private int Number(string name)
    {
        if (_numbers.TryGetValue(name, out var number)) return number;
        _names.Add(name);
        _numbers.Add(name, _names.Count - 1);
        return _names.Count - 1;
    }

    private readonly struct Sink(FeatureSpace space) : IFeatureSink
    {
        public void Add(ulong hash, ReadOnlySpan<ulong> tokens, int start, int end)
        {
            var name = space._tokens[tokens[0]];
            foreach (var token in tokens[1..]) name += " " + space._tokens[token];
            space._found.Add(name);
        }
    }
}
