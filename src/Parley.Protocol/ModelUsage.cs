namespace Parley.Protocol;

/// <summary>What a conversation has used of a model so far.</summary>
/// <param name="Calls">Calls, also those that failed.</param>
/// <param name="InputTokens">Tokens in.</param>
/// <param name="OutputTokens">Tokens out.</param>
/// <param name="Cost">What they cost, by the prices of the server's settings.</param>
public sealed record ModelUsage(long Calls, long InputTokens, long OutputTokens, decimal Cost);
