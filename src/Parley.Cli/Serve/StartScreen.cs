using System.Globalization;
using Parley.AspNetCore;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Serve;

/// <summary>What a server says when it has started: where the page is, and what is kept where.</summary>
internal sealed class StartScreen(bool hasColour)
{
    public IEnumerable<string> Lines(IEnumerable<string> urls, ParleyOptions options, bool hasModel)
    {
        yield return $"{Bold("Parley")} is listening.";
        foreach (var url in urls)
        {
            yield return $"  page      {Link($"{url}/")}";
            yield return $"  socket    {url.Replace("http", "ws", StringComparison.Ordinal)}/stream";
            yield return $"  calls     {url}/openapi/v1.json";
        }

        yield return options.Data is { } folder
            ? $"  kept      {Path.GetFullPath(folder)}, safe against {(options.Durability == LogDurability.Disk ? "the loss of power" : "the death of the process")}; {Retention(options.RetentionDays)}"
            : "  kept      in memory: conversations end with this process (--data DIR keeps them)";
        yield return hasModel
            ? "  model     answers questions, extracts actions and decisions, summarises"
            : "  model     none: actions, decisions and summaries quote what was said (--llm URL --model NAME)";
        if (options.Redact) yield return "  redacted  card, account, sort code, social security and phone numbers and e-mail addresses, before anything is kept or sent on";
        yield return "Ctrl-C stops it.";
    }

    private static string Retention(double? days) =>
        days is { } kept ? string.Create(CultureInfo.InvariantCulture, $"erased {kept} days after their end") : "until they are erased";

    private string Bold(string text) => hasColour ? $"\e[1m{text}\e[0m" : text;

    private string Link(string text) => hasColour ? $"\e[36;4m{text}\e[0m" : text;
}
