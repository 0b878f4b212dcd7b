namespace Parley.Work;

/// <summary>What a model answered to one call.</summary>
/// <param name="Text">The text, without white space around it. Never empty.</param>
/// <param name="Input">The tokens of the prompt.</param>
/// <param name="Output">The tokens of the answer.</param>
internal sealed record ModelAnswer(string Text, TokenCount Input, TokenCount Output)
{
    /// <summary>Gets why the answer is cut, in a word such as <c>length</c>; null if it is complete.</summary>
    public string? CutReason { get; init; }

    /// <summary>Gets why the model stopped, as the server reported it; null if it did not.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Gets the name of the model as the server reported it; null if it did not.</summary>
    public string? Model { get; init; }
}

/// <summary>A number of tokens.</summary>
/// <param name="Tokens">The number.</param>
/// <param name="IsEstimated">Whether it is counted here, because the server did not report it.</param>
internal readonly record struct TokenCount(long Tokens, bool IsEstimated);
