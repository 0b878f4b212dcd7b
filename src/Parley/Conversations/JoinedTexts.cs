namespace Parley.Conversations;

/// <summary>What the latest segments say together with what they continue. Only the latest can be continued, so only those are kept.</summary>
internal sealed class JoinedTexts
{
    private const int Capacity = 32;

    private readonly List<KeyValuePair<string, string>> _texts = [];

    public JoinedTexts(IEnumerable<KeyValuePair<string, string>>? texts = null) => _texts = [.. texts ?? []];

    /// <summary>The text of a segment; null where it is too long ago.</summary>
    public string? this[string segmentId] => _texts.FindLast(text => text.Key == segmentId).Value;

    public IReadOnlyList<KeyValuePair<string, string>> All => _texts;

    public void Add(string segmentId, string text)
    {
        if (_texts.Count == Capacity) _texts.RemoveAt(0);
        _texts.Add(new(segmentId, text));
    }
}
