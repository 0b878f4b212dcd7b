namespace Parley.Evaluation;

/// <summary>Phrases that do the same, from hints.txt: training ties their weights.</summary>
internal sealed class Hints
{
    private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);

    public Hints(string path)
    {
        foreach (var line in File.ReadLines(path).Where(line => !line.StartsWith('#')))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var phrase in line[(colon + 1)..].Split('|', StringSplitOptions.TrimEntries))
            {
                if (!_groups.TryGetValue(phrase, out var groups)) _groups.Add(phrase, groups = []);
                groups.Add(line[..colon]);
            }
        }
    }

    public IEnumerable<string> Phrases => _groups.Keys;

    /// <summary>The names of the groups that a phrase is in.</summary>
    public IReadOnlyList<string> Of(string phrase) => _groups.TryGetValue(phrase, out var groups) ? groups : [];
}
