using Parley.Protocol;

namespace Parley.Client;

/// <summary>The server said no, or could not be reached: the one exception of this client, beside cancellation and wrong use.</summary>
/// <remarks>Its message never holds what people said.</remarks>
public sealed class ParleyException : Exception
{
    /// <summary>
    /// <see cref="Code"/> where the server could not be reached, or was lost, for longer than
    /// <see cref="ParleyClientOptions.ReconnectFor"/>.
    /// </summary>
    public const string ConnectionLost = "CONNECTION_LOST";

    /// <summary><see cref="Code"/> where what answers is no Parley server, or not one that this client understands.</summary>
    public const string InvalidAnswer = "INVALID_ANSWER";

    /// <summary>
    /// <see cref="Code"/> where somebody else sends to the stream under the same source: their numbers and this client's collide.
    /// </summary>
    public const string SourceConflict = "SOURCE_CONFLICT";

    /// <summary>An error with a code.</summary>
    public ParleyException(string code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    internal ParleyException(IReadOnlyList<Refusal> refused, long count)
        : base($"{(count == 1 ? "A message was" : $"{count} messages were")} refused and not taken; the first: {refused[0].Reason}")
    {
        Code = refused[0].Code;
        Refused = refused;
        RefusedCount = count;
    }

    /// <summary>One of <see cref="ErrorCodes"/>, or of the constants here.</summary>
    public string Code { get; }

    /// <summary>
    /// What was refused since this was last told, oldest first, at most the first 100. Empty where the error is about something else.
    /// </summary>
    public IReadOnlyList<Refusal> Refused { get; } = [];

    /// <summary>How many messages were refused since this was last told.</summary>
    public long RefusedCount { get; }

    /// <summary>The same again, with a stack of its own: one failure ends every call that waits.</summary>
    internal ParleyException Again() => new(Code, Message, this);
}
