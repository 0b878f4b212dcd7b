using System.Text.Json;
using Parley.Protocol;

namespace Parley.Work;

/// <summary>What a handler made of one item.</summary>
/// <param name="Text">For people; empty if there is nothing to say.</param>
/// <param name="Data">For programs; null where the text is all.</param>
public sealed record WorkResult(string Text, JsonElement? Data = null)
{
    /// <summary>Who answered, with its version, if another than the handler that was asked: the one it fell back to.</summary>
    public string? Handler { get; init; }

    /// <summary>Gets the summary that was made; null of the work of a segment.</summary>
    internal SummaryPayload? Summary { get; init; }

    /// <summary>Gets why the answer of a model is cut, in a word such as <c>length</c>; null if it is complete.</summary>
    public string? CutReason { get; init; }

    /// <summary>Gets the <see cref="Context.Prompt.Version"/> of the prompt that led to it; null where no model was asked.</summary>
    public string? Prompt { get; init; }
}
