using Parley.Protocol;

namespace Parley.Conversations.Replay;

/// <summary>
/// Speakers as numbers, so that a new name for all that someone said costs nothing for each segment: two numbers with one name become one.
/// </summary>
internal sealed class SpeakerMerges
{
    // A dictionary has no null key.
    private const string Unnamed = "";

    private readonly SpeakerRenames _renames = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _namesNow = new(StringComparer.Ordinal);
    private readonly List<string?> _names = [];
    private readonly List<int> _mergedInto = [];

    /// <summary>The number of a speaker under the name that they have by now.</summary>
    public int Of(string? speaker)
    {
        if (!_namesNow.TryGetValue(Key(speaker), out var now)) _namesNow[Key(speaker)] = now = _renames.Of(speaker);
        return Named(now);
    }

    /// <summary>The number of a name that is not changed.</summary>
    public int Named(string? name)
    {
        if (_numbers.TryGetValue(Key(name), out var number)) return number;
        _names.Add(name);
        _mergedInto.Add(_mergedInto.Count);
        return _numbers[Key(name)] = _mergedInto.Count - 1;
    }

    public string? NameOf(int number)
    {
        while (_mergedInto[number] != number) number = _mergedInto[number] = _mergedInto[_mergedInto[number]];
        return _names[number];
    }

    /// <summary>Gives another name to all that a speaker said and says later.</summary>
    public void Rename(string? from, string to)
    {
        _renames.Add(from, to);
        _namesNow.Clear();
        if (from == to || !_numbers.Remove(Key(from), out var number)) return;
        if (_numbers.TryGetValue(Key(to), out var other)) _mergedInto[number] = other;
        else (_numbers[Key(to)], _names[number]) = (number, to);
    }

    private static string Key(string? name) => name is null ? Unnamed : $"={name}";
}
