using System.Text.Json.Nodes;

namespace Parley.AspNetCore.Http;

/// <summary>JSON merge patch (RFC 7396): null removes, an object is merged, anything else replaces.</summary>
internal static class MergePatch
{
    /// <summary>Changes an object in place.</summary>
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject change)
            {
                if (target[name] is not JsonObject part) target[name] = part = [];
                Apply(part, change);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
