using System.CommandLine;
using Parley.Protocol;

namespace Parley.Cli.Commands;

/// <summary>
/// What a conversation is known and found by: <c>--title</c>, <c>--external-id</c> and <c>--label</c>; and its <c>--language</c>.
/// </summary>
internal sealed class DescriptionOptions
{
    public Option<string?> Title { get; } = new("--title") { Description = "What the conversation is called.", HelpName = "TEXT" };

    public Option<string?> ExternalId { get; } = new("--external-id")
    {
        Description = "The id that another system has for it; it is taken wherever the conversation's own id is.",
        HelpName = "ID",
    };

    public Option<string[]> Labels { get; } = new("--label")
    {
        Description = "A label to list it by; may be given several times.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Language { get; } = new("--language")
    {
        Description = "Language that is spoken, such as de or pt-BR. Default: as the recogniser or the first segments tell.",
        HelpName = "TAG",
    };

    /// <exception cref="CommandException">One of them is out of range.</exception>
    public StreamDescription Of(ParseResult result)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in result.GetValue(Labels) ?? [])
        {
            var parts = label.Split('=', 2);
            if (parts.Length < 2) throw new CommandException("--label must be KEY=VALUE, such as team=sales.");
            labels[parts[0]] = parts[1];
        }

        var description = new StreamDescription
        {
            ExternalId = result.GetValue(ExternalId),
            Title = result.GetValue(Title),
            Language = result.GetValue(Language),
            Labels = labels.Count == 0 ? null : labels,
        };
        try
        {
            description.Check();
            return description;
        }
        catch (ProtocolException problem)
        {
            throw new CommandException(problem.Message, problem);
        }
    }
}
