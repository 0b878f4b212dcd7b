using System.CommandLine;
using Parley.AspNetCore.Security;
using Parley.Log;

namespace Parley.Cli.Commands;

/// <summary><c>parley key new</c>: a key for a program, shown once, and its hash for the server.</summary>
internal static class KeyCommand
{
    private const string Lesson =
        """
        Prints the key on standard output and, on standard error, the settings that let it in: as a part of appsettings.json and as variables of the
        environment. The server keeps the hash only: a lost key is replaced, not found again. Where there are keys already, count the 0 up.

        Examples:
          parley key new --name dashboard
          parley key new --name recorder --tenant north > recorder.key

        Exit codes: 0 done, 2 wrong usage.
        """;

    public static Command Build(Terminal terminal) => new("key", "Keys for programs that use a server.") { New(terminal) };

    private static TaughtCommand New(Terminal terminal)
    {
        var name = Named("--name", "What limits are counted by: 1 to 64 letters, digits, hyphens, underscores and dots.");
        name.DefaultValueFactory = _ => "default";
        var tenant = Named("--tenant", "Whose streams it sees, and no others. Default: those without a tenant, and the server's figures.");
        var command = new TaughtCommand("new", "Make a key.", Lesson) { name, tenant };
        command.SetAction(async (result, _) =>
        {
            var key = ApiKey.New();
            await terminal.Output.WriteLineAsync(key);
            await terminal.Output.FlushAsync(CancellationToken.None);
            await terminal.Error.WriteLineAsync(Settings(ApiKey.Hash(key), result.GetValue(name)!, result.GetValue(tenant)));
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<string?> Named(string option, string description)
    {
        var named = new Option<string?>(option) { Description = description, HelpName = "NAME" };
        named.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !StreamKey.IsTenant(value))
                result.AddError($"{option} must be 1 to {StreamKey.MaxTenantLength} letters, digits, hyphens, underscores and dots.");
        });
        return named;
    }

    // Names have no letter that JSON or a shell would read otherwise.
    private static string Settings(string hash, string name, string? tenant) =>
        $$"""
        This is the only time that the key is shown. For the server, in appsettings.json:

          "Parley": { "Keys": [ { "Name": "{{name}}",{{(tenant is null ? "" : $" \"Tenant\": \"{tenant}\",")}} "Hash": "{{hash}}" } ] }

        or in its environment:

          Parley__Keys__0__Name={{name}}{{(tenant is null ? "" : $"\n  Parley__Keys__0__Tenant={tenant}")}}
          Parley__Keys__0__Hash={{hash}}
        """;
}
