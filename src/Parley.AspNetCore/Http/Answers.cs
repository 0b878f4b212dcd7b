using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>A stream was opened, or found.</summary>
/// <param name="StreamId">Its id.</param>
internal sealed record OpenedAnswer(string StreamId);

/// <summary>What became of what was sent. Nothing that is counted here can be lost any more.</summary>
/// <param name="Accepted">Taken.</param>
/// <param name="Duplicates">Had been taken before, and changed nothing.</param>
/// <param name="LastSequence">The last number that was taken or had been; null where none was.</param>
internal sealed record SentAnswer(long Accepted, long Duplicates, long? LastSequence);

/// <summary>The JSON of this server's answers, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenedAnswer))]
[JsonSerializable(typeof(SentAnswer))]
[JsonSerializable(typeof(SessionStats))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class AnswersJson : JsonSerializerContext;
