using System.CommandLine;
using System.CommandLine.Parsing;
using Parley.Protocol;

namespace Parley.Cli.Commands;

/// <summary>What a conversation on a server is called: its id, in its usual spelling, or its external id.</summary>
internal static class StreamArguments
{
    public static Option<string?> Option(string description) => new("--stream") { Description = description, HelpName = "ID", CustomParser = Read };

    public static Argument<string?> Argument(string description) => new("STREAM") { Description = description, Arity = ArgumentArity.ZeroOrOne, CustomParser = Read };

    private static string? Read(ArgumentResult result)
    {
        if (result.Tokens.Count == 0) return null;
        var given = result.Tokens[0].Value;
        if (StreamId.TryParse(given, out var uuid)) return StreamId.From(uuid);
        if (StreamDescription.IsExternalId(given)) return given;
        result.AddError($"A conversation's name is str- and a UUID, or its external id, not '{given}'.");
        return null;
    }
}
