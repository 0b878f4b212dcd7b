namespace Parley.Asr;

/// <summary>A message that lacks what its format must have.</summary>
/// <param name="message">Which field, and what is wrong with it; never what people said, because it is counted and logged.</param>
public sealed class AsrMessageException(string message) : FormatException(message);
