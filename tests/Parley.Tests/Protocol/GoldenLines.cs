using System.Text.Json;

namespace Parley.Tests.Protocol;

internal static class GoldenLines
{
    public static IEnumerable<JsonElement> Read(string file, string kind) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", file))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(golden => golden.GetProperty("kind").ValueEquals(kind));

    public static bool IsError(JsonElement expect) => expect.ValueKind == JsonValueKind.Object && expect.TryGetProperty("error", out _);
}
