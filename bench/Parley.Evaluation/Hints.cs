using System.Globalization;

namespace Parley.Evaluation;

/// <summary>Phrases that do the same, from hints.txt: training ties their weights. And rules, whose weights are given.</summary>
internal sealed class Hints
{
    private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Phrase, string Intent), double> _rules = [];

    public Hints(string path)
    {
        foreach (var line in File.ReadLines(path).Where(line => !line.StartsWith('#')))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            foreach (var phrase in line[(colon + 2)..].Split('|'))
            {
                if (!_groups.TryGetValue(phrase, out var groups)) _groups.Add(phrase, groups = []);
                if (!line.StartsWith('=')) groups.Add(line[..colon]);
                else AddRules(phrase, line[1..colon]);
            }
        }
    }

    public IEnumerable<string> Phrases => _groups.Keys;

    /// <summary>The names of the groups that a phrase is in.</summary>
    public IReadOnlyList<string> Of(string phrase) => _groups.TryGetValue(phrase, out var groups) ? groups : [];

    /// <summary>What the rules add to an intent for a phrase.</summary>
    public double Rule(string phrase, string intent) => _rules.GetValueOrDefault((phrase, intent));

    private void AddRules(string phrase, string rules)
    {
        foreach (var rule in rules.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = rule.Split(' ');
            _rules[(phrase, parts[0])] = Rule(phrase, parts[0]) + double.Parse(parts[1], CultureInfo.InvariantCulture);
        }
    }
}
