using System.Text;
using Parley.Cli;

namespace Parley.Tests.Cli;

/// <summary>The command, run in this process on streams of the test's own, in an environment without variables.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> Of(params string[] args) => WithInput([], args);

    public static Task<CommandRun> WithInput(string input, params string[] args) => WithInput(Encoding.UTF8.GetBytes(input), args);

    public static async Task<CommandRun> WithInput(byte[] input, params string[] args)
    {
        using var stream = new MemoryStream(input);
        using var output = new MemoryStream();
        return await Between(stream, output, default, args) with { Output = Encoding.UTF8.GetString(output.ToArray()) };
    }

    /// <summary>With streams that the test looks into while the command runs.</summary>
    public static Task<CommandRun> Between(Stream input, Stream output, CancellationToken stop, params string[] args) =>
        On(error => new Terminal(input, output, error, isInteractive: false, TimeProvider.System), args, stop);

    /// <summary>With somebody in front of it, who types.</summary>
    public static async Task<CommandRun> AtTerminal(string typed, params string[] args)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(typed));
        using var output = new MemoryStream();
        var run = await On(error => new Terminal(stream, output, error, isInteractive: true, TimeProvider.System), args);
        return run with { Output = Encoding.UTF8.GetString(output.ToArray()) };
    }

    /// <summary>With one variable of the environment.</summary>
    public static async Task<CommandRun> Under(string variable, string value, params string[] args)
    {
        using var output = new MemoryStream();
        var run = await On(
            error => new Terminal(Stream.Null, output, error, isInteractive: false, TimeProvider.System) { Variable = name => name == variable ? value : null },
            args);
        return run with { Output = Encoding.UTF8.GetString(output.ToArray()) };
    }

    private static async Task<CommandRun> On(Func<Stream, Terminal> terminal, string[] args, CancellationToken stop = default)
    {
        using var error = new MemoryStream();
        var exitCode = await ParleyCommand.RunAsync(args, terminal(error), stop);
        return new(exitCode, "", Encoding.UTF8.GetString(error.ToArray()));
    }
}
