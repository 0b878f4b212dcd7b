using System.Text;

namespace Parley.Cli;

/// <summary>What a command talks to: the process's own streams, or a test's.</summary>
internal sealed class Terminal(Stream input, Stream output, Stream error, bool isInteractive, TimeProvider clock)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public Stream Input { get; } = input;

    /// <summary>For bytes; flush <see cref="Output"/> before mixing.</summary>
    public Stream OutputBytes { get; } = output;

    public TextWriter Output { get; } = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };

    public TextWriter Error { get; } = new StreamWriter(error, Utf8, leaveOpen: true) { NewLine = "\n", AutoFlush = true };

    /// <summary>Whether somebody is looking, so that colours and a moving picture help.</summary>
    public bool IsInteractive { get; } = isInteractive;

    public TimeProvider Clock { get; } = clock;

    public static Terminal OfThisProcess() => new(
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(),
        Console.OpenStandardError(),
        isInteractive: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        TimeProvider.System);
}
