namespace Parley.OpenAI;

/// <summary>
/// What is known of an endpoint's model: what is fixed, what was found out, and what is still tried. May be used from any thread.
/// </summary>
/// <param name="given">What is fixed.</param>
internal sealed class LearntProfile(EndpointProfile given)
{
    private readonly Lock _lock = new();
    private EndpointProfile _current = given.Over(EndpointProfile.Untried);

    /// <summary>Gets what the next call sends.</summary>
    public EndpointProfile Current
    {
        get
        {
            lock (_lock) return _current;
        }
    }

    /// <summary>Leaves out what was refused, or puts what else is known in its place.</summary>
    /// <param name="sent">The profile that the refused call was made with.</param>
    /// <param name="refused">The refused parameters, of those that were sent.</param>
    /// <param name="json">The response format that was sent.</param>
    /// <param name="suggestsDeveloper">Whether the refusal names the role <c>developer</c> in the place of <c>system</c>.</param>
    /// <returns>Whether the next call differs from the refused one.</returns>
    public bool Learn(EndpointProfile sent, Parameters refused, ResponseFormats json, bool suggestsDeveloper)
    {
        var next = sent;
        if (Has(Parameters.TokenLimit) && given.TokenLimit is null)
        {
            var isFirst = sent.TokenLimit == TokenLimitField.MaxTokens;
            next = next with { TokenLimit = isFirst ? TokenLimitField.MaxCompletionTokens : TokenLimitField.None };
        }

        if (Has(Parameters.Temperature) && given.Temperature is null) next = next with { Temperature = false };
        if (Has(Parameters.StreamOptions) && given.StreamOptions is null) next = next with { StreamOptions = false };
        if (Has(Parameters.Streaming) && given.Streaming is null) next = next with { Streaming = false };
        if (Has(Parameters.ResponseFormat) && given.ResponseFormat is null)
            next = next with { ResponseFormat = sent.ResponseFormat & ~json };
        if (Has(Parameters.Instructions) && given.Instructions is null)
        {
            var isNext = sent.Instructions == InstructionRole.System && suggestsDeveloper;
            next = next with { Instructions = isNext ? InstructionRole.Developer : InstructionRole.User };
        }

        if (next == sent) return false;
        lock (_lock)
        {
            // Another call may have learnt the same meanwhile, or more.
            _current = new()
            {
                TokenLimit = next.TokenLimit == sent.TokenLimit ? _current.TokenLimit : next.TokenLimit,
                Temperature = next.Temperature == sent.Temperature ? _current.Temperature : next.Temperature,
                StreamOptions = next.StreamOptions == sent.StreamOptions ? _current.StreamOptions : next.StreamOptions,
                ResponseFormat = _current.ResponseFormat & next.ResponseFormat,
                Instructions = next.Instructions == sent.Instructions ? _current.Instructions : next.Instructions,
                Streaming = next.Streaming == sent.Streaming ? _current.Streaming : next.Streaming,
            };
        }

        return true;

        bool Has(Parameters parameter) => (refused & parameter) != 0;
    }
}
