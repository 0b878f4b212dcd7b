using System.Text.Json.Serialization;

namespace Parley.Routing;

/// <summary>Where routed segments go. In order of priority, the most urgent first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Workflow>))]
public enum Workflow
{
    /// <summary>Someone wants an answer now.</summary>
    [JsonStringEnumMemberName("question")]
    Question,

    /// <summary>Something is to be done.</summary>
    [JsonStringEnumMemberName("action_item")]
    ActionItem,

    /// <summary>Something was settled.</summary>
    [JsonStringEnumMemberName("decision")]
    Decision,

    /// <summary>All else.</summary>
    [JsonStringEnumMemberName("general")]
    General,
}
