namespace Parley.Protocol;

/// <summary>
/// The texts that may still change entirely: at most one for each speaker. Speakers go by the id that the server sends, so that two of them
/// stay apart when both get the same name.
/// </summary>
internal sealed class TentativeTexts
{
    private readonly List<SegmentText> _texts = [];

    /// <summary>The texts, in the order in which they began.</summary>
    public IReadOnlyList<SegmentText> All => _texts;

    /// <summary>
    /// Takes a speaker's newest text. An empty one says that the last one has come to nothing. Returns false where that changes nothing.
    /// </summary>
    public bool Show(SegmentText text)
    {
        if (text.Text.Length == 0) return Remove(text.SpeakerId);
        var place = _texts.FindIndex(other => other.SpeakerId == text.SpeakerId);
        if (place < 0) _texts.Add(text);
        else _texts[place] = text;
        return true;
    }

    public bool Remove(string? speaker) => _texts.RemoveAll(text => text.SpeakerId == speaker) > 0;

    public void Clear() => _texts.Clear();
}
