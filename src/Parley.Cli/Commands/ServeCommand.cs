using System.CommandLine;
using Parley.AspNetCore.Limits;
using Parley.Cli.Data;
using Parley.Cli.Llm;
using Parley.Cli.Serve;

namespace Parley.Cli.Commands;

/// <summary><c>parley serve</c>: a server with the live page.</summary>
internal static class ServeCommand
{
    private const string Lesson =
        """
        Senders and viewers connect to a WebSocket at /stream, or use plain HTTP under /v1; /openapi/v1.json describes the calls. The page is at /.
        Settings come from appsettings.json in this folder, from the environment (Parley__ViewerCapacity=200) and from here; later ones win.
        Ctrl-C finishes what was accepted and tells clients to come back; a second one ends at once.

        Examples:
          parley serve                                   the page, on this machine only, nothing kept
          parley serve --data ./data                     conversations are kept, and go on after a restart
          parley serve --llm http://localhost:11434/v1 --model llama3
          Parley__Model__CallsPerStream=200 parley serve --llm URL --model NAME       a budget for each conversation

        Exit codes: 0 stopped and drained, 1 the server failed, 2 wrong usage, settings out of range, or a port in use.
        """;

    public static Command Build(Terminal terminal)
    {
        var urls = new Option<string>("--urls")
        {
            Description = $"Where to listen; several with semicolons. Default: {ServerAddress.Default}.",
            HelpName = "URL",
        };
        var data = new DataOption(terminal, "Folder to keep conversations in, made where it is missing. Default: PARLEY_DATA, else they end with the process.");
        var durability = DataOption.Durability();
        var llm = new LlmOptions(terminal);
        var redact = new Option<bool>("--redact")
        {
            Description = "Take card, account, sort code, social security and phone numbers and e-mail addresses out where a client does not say "
                + "otherwise; not names or places.",
        };
        var jsonLogs = new Option<bool>("--json-logs") { Description = "Log one JSON object a line, for programs. Logs go to the standard error." };
        var command = new TaughtCommand("serve", "Run a server: WebSocket, HTTP and the live page.", Lesson) { urls, data, durability, llm.Url, llm.Model, redact, jsonLogs };
        command.SetAction((result, cancellationToken) =>
        {
            if (FileLimit.Read() is < ConnectionCapacity.LeastFiles and var files)
                throw new CommandException(ConnectionCapacity.TooLow(files, ConnectionCapacity.LeastFiles));
            var settings = new Dictionary<string, string?>();
            if (result.GetValue(urls) is { } at) settings["urls"] = at;
            if (data.FolderOf(result) is { } folder) settings["Parley:Data"] = folder;
            if (result.GetValue(durability) is { } chosen) settings["Parley:Durability"] = chosen;
            if (result.GetValue(redact)) settings["Parley:Redact"] = "true";
            foreach (var (name, value) in llm.Settings(result)) settings[name] = value;
            return new ServerRun(terminal, settings, result.GetValue(jsonLogs)).RunAsync(cancellationToken);
        });
        return command;
    }
}
