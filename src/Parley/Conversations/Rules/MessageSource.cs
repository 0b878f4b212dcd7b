namespace Parley.Conversations.Rules;

/// <summary>What the log knows of a source that sends messages of a recogniser.</summary>
/// <param name="Format">The format of its messages.</param>
/// <param name="Connection">The number of its recogniser's connection, from 0.</param>
/// <param name="Offset">Where that connection began, in seconds of audio time.</param>
/// <param name="Message">The sender's number up to which nothing need be sent again.</param>
internal sealed record MessageSource(string Format, int Connection, double Offset, long Message);
