using Parley.Asr;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>
/// What the last messages of a source stated, so that text that a message commits is stored with the number of the message that it came in.
/// </summary>
internal sealed class StatedMessages
{
    // Text is final in its own message, or in one of the next: then a reader has kept it until it was sure.
    private const int MaxKept = 4;

    private readonly Queue<StatedMessage> _kept = new();
    private long _last;

    /// <summary>Gets how many of the last messages stated nothing.</summary>
    public long Silent { get; private set; }

    /// <summary>Adds the next message.</summary>
    public void Add(long sequence, StatedTexts texts)
    {
        if (sequence != _last + 1) Silent = 0;
        _last = sequence;
        if (texts.IsEmpty)
        {
            Silent++;
            return;
        }

        if (_kept.Count == MaxKept) _kept.Dequeue();
        _kept.Enqueue(new(sequence, Silent, texts));
        Silent = 0;
    }

    /// <summary>Finds the messages that stated a text; null where they are not known.</summary>
    public TextOrigin? Find(in AsrOutput output)
    {
        TextOrigin? origin = null;
        foreach (var message in _kept)
        {
            if (!message.Texts.Have(output.Chunk.Text, output.Trace?.Start, output.Trace?.End, isRedacted: false)) continue;
            origin ??= new(message.Sequence, message.Sequence, message.SilentBefore);
            origin = origin with { Last = message.Sequence };
        }

        return origin;
    }

    private sealed record StatedMessage(long Sequence, long SilentBefore, StatedTexts Texts);
}
