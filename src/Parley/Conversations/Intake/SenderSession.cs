namespace Parley.Conversations.Intake;

/// <summary>
/// What one sender hands in to one conversation, in order, as over one connection or in one request. Once a number of a source was a
/// conflict, the numbers that follow directly behind it are refused, too: they were sent before the sender knew, and one of them could
/// otherwise be the next that is expected.
/// </summary>
/// <remarks>Its deliveries must be handed in one after the other. Not for more than one conversation.</remarks>
public sealed class SenderSession
{
    private Dictionary<string, long>? _refused;

    /// <summary>Returns whether a number follows directly behind a conflict.</summary>
    internal bool IsBehindConflict(string source, long sequence)
    {
        if (_refused is null || !_refused.TryGetValue(source, out var last)) return false;
        if (sequence != last + 1)
        {
            _refused.Remove(source);
            return false;
        }

        _refused[source] = sequence;
        return true;
    }

    /// <summary>Notes that a number was a conflict.</summary>
    internal void Refuse(string source, long sequence) => (_refused ??= new(StringComparer.Ordinal))[source] = sequence;
}
