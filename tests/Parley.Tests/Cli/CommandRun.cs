using System.Text;
using Parley.Cli;

namespace Parley.Tests.Cli;

/// <summary>The command, run in this process on streams of the test's own.</summary>
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
    public static async Task<CommandRun> Between(Stream input, Stream output, CancellationToken stop, params string[] args)
    {
        using var error = new MemoryStream();
        var exitCode = await ParleyCommand.RunAsync(args, new Terminal(input, output, error, isInteractive: false, TimeProvider.System), stop);
        return new(exitCode, "", Encoding.UTF8.GetString(error.ToArray()));
    }
}
