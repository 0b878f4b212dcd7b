using System.Text.Json;

namespace Parley.Protocol;

internal static class JsonElements
{
    public static long? TryGetInt64OrNull(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static double? TryGetDoubleOrNull(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
