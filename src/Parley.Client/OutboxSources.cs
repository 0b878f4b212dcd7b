namespace Parley.Client;

/// <summary>The sources of an outbox. One that nothing was sent for begins where the server says.</summary>
internal sealed class OutboxSources
{
    private readonly Dictionary<string, OutboxSource> _sources = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, long> _expected = new Dictionary<string, long>();

    public IEnumerable<OutboxSource> All => _sources.Values;

    public OutboxSource? Find(string name) => _sources.GetValueOrDefault(name);

    public OutboxSource Of(string name)
    {
        if (!_sources.TryGetValue(name, out var source)) _sources[name] = source = new(name, ExpectedOf(name));
        return source;
    }

    /// <summary>The number of a source's next message.</summary>
    public long NextOf(string name) => Find(name)?.Next ?? ExpectedOf(name);

    /// <summary>The number that the server takes next, as it said when the session was confirmed.</summary>
    public long ExpectedOf(string name) => _expected.GetValueOrDefault(name, 1);

    public void Expect(IReadOnlyDictionary<string, long> expected) => _expected = expected;
}
