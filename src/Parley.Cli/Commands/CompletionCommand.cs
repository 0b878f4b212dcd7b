using System.CommandLine;

namespace Parley.Cli.Commands;

/// <summary><c>parley completion SHELL</c>: a script that lets the shell complete commands and options.</summary>
internal static class CompletionCommand
{
    private const string Lesson =
        """
          bash        parley completion bash >> ~/.bashrc
          zsh         parley completion zsh >> ~/.zshrc
          fish        parley completion fish > ~/.config/fish/completions/parley.fish
          PowerShell  parley completion pwsh >> $PROFILE
        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] =
            """
            _parley() {
              local IFS=$'\n'
              COMPREPLY=($(parley "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
            }
            complete -o default -F _parley parley
            """,
        ["zsh"] =
            """
            _parley() {
              local -a words_found
              words_found=(${(f)"$(parley "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a words_found || _files
            }
            compdef _parley parley
            """,
        ["fish"] =
            """
            complete -c parley -a '(parley "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
            """,
        ["pwsh"] =
            """
            Register-ArgumentCompleter -Native -CommandName parley -ScriptBlock {
              param($word, $ast, $cursor)
              parley "[suggest:$cursor]" "$ast" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    public static Command Build(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new TaughtCommand("completion", "Print a script that makes your shell complete parley's commands and options.", Lesson) { shell };
        command.SetAction(result => terminal.Output.WriteLine(Scripts[result.GetRequiredValue(shell)].ReplaceLineEndings("\n")));
        return command;
    }
}
