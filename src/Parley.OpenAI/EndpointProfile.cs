namespace Parley.OpenAI;

/// <summary>
/// What a chat completions endpoint takes. A property that is null is found out by asking, and remembered for the endpoint's model as
/// long as the client lives; a property with a value is never asked about.
/// </summary>
public sealed record EndpointProfile
{
    /// <summary>Gets the field that limits the tokens of an answer. Default: null, <c>max_tokens</c> is tried first.</summary>
    public TokenLimitField? TokenLimit { get; init; }

    /// <summary>Gets whether the endpoint takes <c>temperature</c>. Default: null, it is tried.</summary>
    public bool? Temperature { get; init; }

    /// <summary>Gets whether the endpoint takes <c>stream_options</c>, which asks for token counts. Default: null, it is tried.</summary>
    public bool? StreamOptions { get; init; }

    /// <summary>Gets the values of <c>response_format</c> that the endpoint takes. Default: null, those that are needed are tried.</summary>
    public ResponseFormats? ResponseFormat { get; init; }

    /// <summary>Gets where instructions are written. Default: null, the role <c>system</c> is tried first.</summary>
    public InstructionRole? Instructions { get; init; }

    /// <summary>Gets whether the endpoint streams answers. Default: null, it is tried.</summary>
    public bool? Streaming { get; init; }

    /// <summary>Returns what the endpoint takes in one line, such as <c>max_tokens, temperature, the role system, streaming</c>.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        TokenLimit switch
        {
            TokenLimitField.MaxTokens => "max_tokens",
            TokenLimitField.MaxCompletionTokens => "max_completion_tokens",
            TokenLimitField.None => "no token limit",
            _ => null,
        },
        Temperature switch { true => "temperature", false => "no temperature", _ => null },
        StreamOptions switch { true => "stream_options", false => "no stream_options", _ => null },
        Instructions switch
        {
            InstructionRole.System => "the role system",
            InstructionRole.Developer => "the role developer",
            InstructionRole.User => "instructions in the role user",
            _ => null,
        },
        Streaming switch { true => "streaming", false => "no streaming", _ => null },
    }.OfType<string>());

    /// <summary>What is tried where nothing is fixed and nothing is known yet.</summary>
    internal static EndpointProfile Untried { get; } = new()
    {
        TokenLimit = TokenLimitField.MaxTokens,
        Temperature = true,
        StreamOptions = true,
        ResponseFormat = ResponseFormats.JsonObject | ResponseFormats.JsonSchema,
        Instructions = InstructionRole.System,
        Streaming = true,
    };

    /// <summary>Returns this profile with the values of another where this one has none.</summary>
    internal EndpointProfile Over(EndpointProfile other) => new()
    {
        TokenLimit = TokenLimit ?? other.TokenLimit,
        Temperature = Temperature ?? other.Temperature,
        StreamOptions = StreamOptions ?? other.StreamOptions,
        ResponseFormat = ResponseFormat ?? other.ResponseFormat,
        Instructions = Instructions ?? other.Instructions,
        Streaming = Streaming ?? other.Streaming,
    };
}

/// <summary>The field of a request that limits the tokens of an answer.</summary>
public enum TokenLimitField
{
    /// <summary>The field <c>max_tokens</c>, which nearly every server takes.</summary>
    MaxTokens,

    /// <summary>The field <c>max_completion_tokens</c>, which OpenAI's reasoning models require.</summary>
    MaxCompletionTokens,

    /// <summary>No field: the server's own limit holds.</summary>
    None,
}

/// <summary>The values of <c>response_format</c> that an endpoint takes.</summary>
[Flags]
public enum ResponseFormats
{
    /// <summary>None: the prompt alone asks for JSON.</summary>
    None = 0,

    /// <summary>The value <c>json_object</c>.</summary>
    JsonObject = 1,

    /// <summary>The value <c>json_schema</c>.</summary>
    JsonSchema = 2,
}

/// <summary>Where the instructions of a prompt are written.</summary>
public enum InstructionRole
{
    /// <summary>In a message of the role <c>system</c>.</summary>
    System,

    /// <summary>In a message of the role <c>developer</c>.</summary>
    Developer,

    /// <summary>At the beginning of the first message of the role <c>user</c>.</summary>
    User,
}
