namespace Parley.Context;

/// <summary>A template as a file has it.</summary>
/// <param name="Path">
/// The path in the folder of prompts, with slashes: <c>answer.txt</c>, <c>answer.de.txt</c>, <c>tenants/acme/answer.txt</c> or
/// <c>sets/sales/answer.txt</c>.
/// </param>
/// <param name="Text">The text of the template.</param>
public sealed record PromptFile(string Path, string Text);
