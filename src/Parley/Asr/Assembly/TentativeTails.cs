using Parley.Streaming;

namespace Parley.Asr;

/// <summary>The tails that were shown, one for each speaker with open text.</summary>
internal sealed class TentativeTails(OpenTexts open, AssemblyOutputs outputs)
{
    private readonly List<StreamChunk> _shown = [];

    /// <summary>Shows what has changed.</summary>
    public void Show()
    {
        for (var i = _shown.Count - 1; i >= 0; i--)
        {
            var tail = open.Tail(_shown[i].SpeakerId);
            if (tail is { } now && string.Equals(now.Text, _shown[i].Text, StringComparison.Ordinal)) continue;
            outputs.Add(new(AsrOutputKind.Tentative, Chunk: tail ?? _shown[i] with { Text = "" }));
            if (tail is { } changed) _shown[i] = changed;
            else _shown.RemoveAt(i);
        }

        foreach (var text in open.All)
        {
            if (IsShown(text.SpeakerId) || open.Tail(text.SpeakerId) is not { } tail) continue;
            _shown.Add(tail);
            outputs.Add(new(AsrOutputKind.Tentative, Chunk: tail));
        }
    }

    private bool IsShown(string? speaker)
    {
        foreach (var tail in _shown)
        {
            if (OpenTexts.SameName(tail.SpeakerId, speaker)) return true;
        }

        return false;
    }
}
