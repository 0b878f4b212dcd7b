using System.Text.Json.Serialization;

namespace Parley.Semantics;

/// <summary>The JSON of this namespace, snake case, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnnotatedSegment))]
public sealed partial class SemanticsJsonContext : JsonSerializerContext;
