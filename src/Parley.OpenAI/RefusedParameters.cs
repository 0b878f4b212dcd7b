using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Parley.OpenAI;

/// <summary>A parameter of a request that an endpoint may refuse.</summary>
[Flags]
internal enum Parameters
{
    None = 0,
    TokenLimit = 1,
    Temperature = 2,
    StreamOptions = 4,
    ResponseFormat = 8,
    Instructions = 16,
    Streaming = 32,
}

/// <summary>
/// Reads from a refusal which parameters the endpoint does not take. Servers word it differently; they all name the parameter.
/// </summary>
internal static partial class RefusedParameters
{
    private const int LongestBody = 64 * 1024;

    private static readonly (Parameters Parameter, Regex Name)[] Names =
    [
        (Parameters.Temperature, TemperatureName()),
        (Parameters.StreamOptions, StreamOptionsName()),
        (Parameters.ResponseFormat, ResponseFormatName()),
        (Parameters.Streaming, StreamingName()),
        (Parameters.Instructions, InstructionsName()),
        (Parameters.TokenLimit, TokenLimitName()),
    ];

    /// <summary>Returns the refused parameters; <see cref="Parameters.None"/> if the refusal is about something else.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body of the refusal.</param>
    public static Parameters Find(int status, ReadOnlyMemory<byte> body)
    {
        if (status is not (400 or 422 or 500 or 501) || body.Length is 0 or > LongestBody) return Parameters.None;
        var (text, param) = Read(body);
        text = Offered().Replace(text, "");
        if (!Refusal().IsMatch(text)) return Parameters.None;
        var named = In(param);
        var found = named == Parameters.None ? In(text) : named;

        // A limit that is too high for the context, or too low, is no refusal of the field.
        if (Size().IsMatch(text)) found &= ~Parameters.TokenLimit;

        // Chat templates fail with 500 on some servers; anything else with 500 is a failure of the server.
        return status >= 500 ? found & Parameters.Instructions : found;
    }

    /// <summary>Returns whether a refusal of the role <c>system</c> names the role <c>developer</c> in its place.</summary>
    public static bool SuggestsDeveloper(ReadOnlyMemory<byte> body) => Suggestion().IsMatch(Read(body).Text);

    /// <summary>Returns whether the refusal says that the answer did not fit in the tokens that it may have.</summary>
    public static bool IsOutOfTokens(int status, ReadOnlyMemory<byte> body) =>
        status == 400 && body.Length <= LongestBody && OutOfTokens().IsMatch(Read(body).Text);

    private static Parameters In(string text) =>
        Names.Where(one => one.Name.IsMatch(text)).Aggregate(Parameters.None, (found, one) => found | one.Parameter);

    private static (string Text, string Param) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var text = new StringBuilder();
            var param = new StringBuilder();
            Collect(document.RootElement, text, param, name: null);
            return (text.ToString(), param.ToString());
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return (Encoding.UTF8.GetString(body.Span), "");
        }
    }

    // What a server repeats of the request is not what it says of it.
    private static void Collect(JsonElement element, StringBuilder text, StringBuilder param, string? name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (property.Name is "input" or "failed_generation" or "request") continue;
                    Collect(property.Value, text, param, property.Name);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Collect(item, text, param, name);
                break;
            case JsonValueKind.String:
                text.Append(element.GetString()).Append('\n');
                if (name == "param") param.Append(element.GetString());
                break;
        }
    }

    [GeneratedRegex(@"\btemperature\b", RegexOptions.IgnoreCase)]
    private static partial Regex TemperatureName();

    [GeneratedRegex(@"\bstream_options\b", RegexOptions.IgnoreCase)]
    private static partial Regex StreamOptionsName();

    [GeneratedRegex(
        @"\b(response_format|json_schema|json_object|json_validate_failed|json mode|structured outputs?|grammars?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex ResponseFormatName();

    [GeneratedRegex("""^stream$|['"`]stream['"`]|\bstream=|\bstreaming\b|\bto stream\b""", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex StreamingName();

    [GeneratedRegex(
        """\bsystem (role|message|prompt|instruction)s?\b|\brole.{0,40}['"`](system|developer)['"`]|['"`]?(system|developer)['"`]? role"""
        + @"|developer instruction|roles? must alternate|only user and assistant roles|messages(\[\d\]|\.\d)\.role",
        RegexOptions.IgnoreCase)]
    private static partial Regex InstructionsName();

    [GeneratedRegex(@"\bmax_(completion_|new_|output_)?tokens\b", RegexOptions.IgnoreCase)]
    private static partial Regex TokenLimitName();

    [GeneratedRegex(
        @"unsupported|not support|n't support|unknown|unrecogni[sz]ed|unexpected|not permitted|not allowed|forbidden|invalid|not valid"
        + @"|not available|unavailable|only the default|only .{0,40} is supported|deprecated|must |cannot|can't|not enabled|not implemented"
        + @"|disabled|no longer|extra |validate_failed|not accept|does not take",
        RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();

    [GeneratedRegex(
        @"too (large|long|big|many|high|low|small)|context (length|window|size)|exceed|less than|greater than|at least|at most"
        + @"|minimum|maximum|between",
        RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex("could not finish the message because max_tokens|model output limit was reached", RegexOptions.IgnoreCase)]
    private static partial Regex OutOfTokens();

    [GeneratedRegex(
        @"\b(expected one of|(supported|allowed|valid|accepted) (parameters|params|fields|arguments|keys)\b).*", RegexOptions.IgnoreCase)]
    private static partial Regex Offered();

    [GeneratedRegex("""use (the )?['"`]?developer|['"`]?developer['"`]? (role |message )?instead""", RegexOptions.IgnoreCase)]
    private static partial Regex Suggestion();
}
