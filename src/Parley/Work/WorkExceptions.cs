namespace Parley.Work;

/// <summary>Work that trying again does not help.</summary>
/// <param name="reason">Why, in a word such as <c>not_authorized</c>; never what people said.</param>
/// <param name="inner">What went wrong below.</param>
public sealed class WorkRefusedException(string reason, Exception? inner = null) : Exception($"The work was refused: {reason}.", inner)
{
    /// <summary>Why, in a word.</summary>
    public string Reason => reason;
}

/// <summary>A model does not answer for now.</summary>
/// <param name="reason">Why, in a word such as <c>rate_limited</c>.</param>
/// <param name="retryAfter">When to try again, if it said so.</param>
/// <param name="inner">What went wrong below.</param>
public sealed class ModelUnavailableException(string reason, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"The model is not available: {reason}.", inner)
{
    /// <summary>Why, in a word.</summary>
    public string Reason => reason;

    /// <summary>When to try again, if it said so.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>A model gave an answer that is not what was asked for. Trying again may help.</summary>
/// <param name="what">What is wrong with it, without a word of it.</param>
/// <param name="inner">What went wrong below.</param>
public sealed class InvalidAnswerException(string what, Exception? inner = null) : Exception($"The model's answer is invalid: {what}.", inner)
{
    /// <summary>
    /// Gets what is wrong with the text of the answer, without a word of it, so that the model can be told; null where the text is not to
    /// blame.
    /// </summary>
    public string? Correction { get; init; }

    /// <summary>Returns the exception for a text that is not what was asked for.</summary>
    /// <param name="what">What is wrong with it, without a word of it.</param>
    internal static InvalidAnswerException OfText(string what) => new(what) { Correction = what };
}
