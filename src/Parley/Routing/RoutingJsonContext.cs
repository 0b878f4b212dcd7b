using System.Text.Json.Serialization;

namespace Parley.Routing;

/// <summary>The JSON of this namespace, snake case, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RoutedSegment))]
public sealed partial class RoutingJsonContext : JsonSerializerContext;
