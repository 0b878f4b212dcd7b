using System.ClientModel.Primitives;
using System.Text.Json;

namespace Parley.Work;

/// <summary>
/// What a model's server says of an error, as OpenAI-compatible servers write it: <c>{"error": {"code", "type", "message"}}</c>.
/// </summary>
/// <param name="Code">The error's code, else its type: a name such as <c>insufficient_quota</c>. Null where there is none.</param>
/// <param name="IsQuota">Whether the account is used up or not paid for, so that waiting does not help.</param>
/// <param name="Message">The server's own words. They may quote the request: see <see cref="ServerWords"/>.</param>
internal readonly record struct ServerError(string? Code, bool IsQuota, string? Message)
{
    private const int LongestBody = 64 * 1024;
    private const int LongestCode = 64;

    private static readonly string[] QuotaCodes = ["insufficient_quota", "insufficient_balance", "billing", "payment", "credit"];

    /// <summary>Reads the body of a refusal; default where it is not there, too long or something else.</summary>
    public static ServerError Read(PipelineResponse? response)
    {
        try
        {
            var body = response?.Content?.ToMemory() ?? default;
            return body.Length is > 0 and <= LongestBody ? Read(body) : default;
        }
        catch (InvalidOperationException)
        {
            // A body that has not been read into memory is not waited for.
            return default;
        }
    }

    private static ServerError Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0];
            if (root.ValueKind != JsonValueKind.Object) return default;
            var error = root.TryGetProperty("error", out var inner) ? inner : root;
            if (error.ValueKind == JsonValueKind.String) return new(null, false, error.GetString());
            var (code, type) = (Name(error, "code"), Name(error, "type"));
            return new(code ?? type, IsQuotaName(code) || IsQuotaName(type), Text(error, "message") ?? Text(error, "detail"));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static bool IsQuotaName(string? name) =>
        name is not null && QuotaCodes.Any(quota => name.Contains(quota, StringComparison.OrdinalIgnoreCase));

    // A name and no sentence: it is shown where the message is not.
    private static string? Name(JsonElement error, string property) =>
        Text(error, property) is { Length: > 0 and <= LongestCode } name
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : null;

    private static string? Text(JsonElement error, string property) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
