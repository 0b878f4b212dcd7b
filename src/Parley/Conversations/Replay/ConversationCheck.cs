using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Replay;

/// <summary>Takes the facts of one conversation in order and says which can follow those before it.</summary>
/// <param name="stream">The conversation.</param>
public sealed class ConversationCheck(string stream)
{
    private readonly ConversationState _state = new(stream);
    private readonly FactReader _reader = new();

    /// <summary>
    /// Gets the number of the last fact that came from outside: those after it follow from it, and are stored together with it.
    /// </summary>
    public long LastInput { get; private set; }

    /// <summary>Takes the next fact.</summary>
    /// <returns>Why it cannot follow those before it; null where it can. After that nothing more can be taken.</returns>
    public string? Take(LogRecord record)
    {
        try
        {
            if (ReplayInputs.InputOf(_reader.Take(record, _state)) is not null) LastInput = record.Seq;
            return null;
        }
        catch (StreamUnreadableException problem)
        {
            return problem.Message;
        }
    }
}
