namespace Parley.Context;

/// <summary>For which conversation a prompt is made: the most particular template that there is for it is taken.</summary>
/// <param name="Language">The code of its language, such as <c>de</c>; null where it is not known.</param>
/// <param name="Tenant">The tenant that it belongs to; null for none.</param>
/// <param name="Set">The set of templates that it was started with; null for none.</param>
public readonly record struct PromptScope(string? Language = null, string? Tenant = null, string? Set = null);
