namespace Parley.Protocol;

/// <summary>
/// A message was refused. The text is written for the other side: it names what is wrong and never repeats what people said.
/// </summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">What is wrong, and where.</param>
/// <param name="inner">What led to it, for the log only.</param>
public sealed class ProtocolException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; } = code;
}
