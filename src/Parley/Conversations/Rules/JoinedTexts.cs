namespace Parley.Conversations.Rules;

/// <summary>
/// What the latest segments say together with what they continue. Only the latest can be continued, so only those are kept. It does not change:
/// <see cref="Add"/> gives the next one, so that forks may share it.
/// </summary>
internal sealed class JoinedTexts(JoinedText[] texts)
{
    private const int Capacity = 32;

    /// <summary>The text of a segment; null where it is too long ago.</summary>
    public string? this[string segmentId] => Array.FindLast(texts, text => text.SegmentId == segmentId)?.Text;

    public IReadOnlyList<JoinedText> All => texts;

    public JoinedTexts Add(string segmentId, string text) =>
        new([.. texts.AsSpan(texts.Length == Capacity ? 1 : 0), new JoinedText(segmentId, text)]);
}

/// <summary>What a segment says together with what it continues.</summary>
internal sealed record JoinedText(string SegmentId, string Text);
