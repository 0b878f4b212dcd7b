using System.Text.Json.Nodes;

namespace Parley.Tests.Support;

/// <summary>Vectors recorded from the reference, one JSON object a line.</summary>
internal static class Golden
{
    public static IEnumerable<JsonObject> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", file)).Select(line => JsonNode.Parse(line)!.AsObject());

    public static TheoryData<string> Names(string file) => new(Read(file).Select(Name));

    public static JsonObject Case(string file, string name) => Read(file).Single(vector => Name(vector) == name);

    private static string Name(JsonObject vector) => vector["name"]!.GetValue<string>();
}
