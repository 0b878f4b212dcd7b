using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Redaction;

namespace Parley.Conversations.Intake;

/// <summary>
/// Tells a delivery that comes again from other content under its number. It compares with what is stored: where that cannot decide it, the
/// delivery counts as a repeat.
/// </summary>
/// <param name="state">The conversation.</param>
/// <param name="formats">The formats that messages may have.</param>
internal sealed class RepeatComparison(ConversationState state, AsrFormats formats)
{
    // Null but while numbers come again. Of each source one stretch of numbers.
    private Dictionary<string, StoredNumbers>? _stored;

    private bool IsRedacted => state.Settings is { Redact: true };

    /// <summary>Returns whether the log must be read before a number can be compared.</summary>
    public bool MustRead(string source, long number) =>
        _stored is null || !_stored.TryGetValue(source, out var stored) || !stored.Have(number);

    /// <summary>Keeps what the log has of a source.</summary>
    public void Keep(string source, StoredNumbers stored) => (_stored ??= new(StringComparer.Ordinal))[source] = stored;

    /// <summary>Forgets what the log had of a source up to its last number: it has more by now.</summary>
    public void Forget(string source)
    {
        if (_stored?.GetValueOrDefault(source)?.IsOpenEnded != true) return;
        _stored.Remove(source);
        if (_stored.Count == 0) _stored = null;
    }

    /// <summary>Returns whether a delivery has other content than the one that had its number before.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="source">Its source; null if that has sent plain chunks only.</param>
    public bool IsConflict(Delivery delivery, IntakeSource? source)
    {
        if (_stored is null || !_stored.TryGetValue(delivery.Source, out var stored) || !stored.Have(delivery.Sequence)) return false;
        var before = stored.Of(delivery.Sequence).ToList();
        if (before.Count == 0)
        {
            var wasSilent = stored.IsSilent(delivery.Sequence) || source?.IsSilent(delivery.Sequence) == true;
            return wasSilent && StatedBy(delivery) is { IsEmpty: false };
        }

        if (StatedBy(delivery) is not { } stated) return false;
        return before.Exists(chunk => !IsSame(chunk, delivery, stated));
    }

    private bool IsSame(ChunkAccepted chunk, Delivery delivery, StatedTexts stated)
    {
        if (chunk.Message is not null) return stated.Have(chunk.Text, chunk.Trace?.Start, chunk.Trace?.End, IsRedacted);
        if (delivery is not ChunkDelivery { IsFinal: true, Chunk: var again }) return false;
        // The comparison fails where a time is not finite.
        return again.Start == chunk.Start && again.End == chunk.End && again.Text is { } text
            && (text == chunk.Text || (IsRedacted && RedactedText.MayBeLeftOf(text, chunk.Text)));
    }

    // Null where it cannot be read.
    private StatedTexts? StatedBy(Delivery delivery) => delivery switch
    {
        MessageDelivery message => formats.TryGet(message.Format, out var format) ? StatedTexts.Of(format, message.Message) : null,
        ChunkDelivery { Chunk.Text: not null } chunk =>
            StatedTexts.Of(ParleyFormat.ToUpdate(chunk.Chunk, chunk.IsFinal, chunk.Key, chunk.Sequence)),
        _ => null,
    };
}
