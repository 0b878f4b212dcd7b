namespace Parley.Client;

/// <summary>A message that the server did not take and never will. It is no longer in the buffer.</summary>
/// <param name="Message">What was refused.</param>
/// <param name="Code">Why, for programs; one of <see cref="Protocol.ErrorCodes"/>.</param>
/// <param name="Reason">Why, for people, without a word of what was said.</param>
public sealed record Refusal(OutgoingMessage Message, string Code, string Reason);
