using System.Text.Json.Nodes;

namespace Parley.IntegrationTests.Llm;

/// <summary>What a model was asked.</summary>
internal sealed record ModelRequest(JsonNode Body, string Authorization, long At)
{
    public string System => Content("system");

    public string User => Content("user");

    /// <summary>What is to be answered or extracted from, without the context before it; empty for a summary.</summary>
    public string About => Between("<question>", "</question>") + Between("<segments>", "</segments>");

    public bool IsSummary => About.Length == 0;

    private string Content(string role) => (string)Body["messages"]!.AsArray().Single(message => (string)message!["role"]! == role)!["content"]!;

    private string Between(string start, string end)
    {
        var (from, to) = (User.LastIndexOf(start, StringComparison.Ordinal), User.LastIndexOf(end, StringComparison.Ordinal));
        return from < 0 ? "" : User[(from + start.Length)..to];
    }
}
