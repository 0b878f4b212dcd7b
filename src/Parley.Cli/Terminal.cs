using System.Text;

namespace Parley.Cli;

/// <summary>What a command talks to: the process's own streams, or a test's.</summary>
internal sealed class Terminal
{
    // With less, time and speaker leave no room for words, and plain lines read better.
    private const int NarrowestPicture = 40;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StandardOutput? _output;

    public Terminal(Stream input, Stream output, Stream error, bool isInteractive, TimeProvider clock)
    {
        Input = input;
        _output = output as StandardOutput;
        OutputBytes = new BufferedStream(output, 64 * 1024);
        Output = new StreamWriter(OutputBytes, Utf8, leaveOpen: true) { NewLine = "\n" };
        Error = new StreamWriter(error, Utf8, leaveOpen: true) { NewLine = "\n", AutoFlush = true };
        IsInteractive = isInteractive;
        Clock = clock;
    }

    public Stream Input { get; }

    /// <summary>Standard output for a command that writes bytes, instead of <see cref="Output"/>.</summary>
    public Stream OutputBytes { get; }

    /// <summary>Whether whoever read the output has gone: a filter has nothing left to do.</summary>
    public bool IsOutputClosed => _output is { IsClosed: true };

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether somebody is looking, so that colours and a moving picture help.</summary>
    public bool IsInteractive { get; }

    public TimeProvider Clock { get; }

    /// <summary>Looks up a variable of the environment; null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public static Terminal OfThisProcess() => new(
        StandardInput.OfThisProcess(),
        StandardOutput.OfThisProcess(),
        Console.OpenStandardError(),
        isInteractive: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb" && Console.WindowWidth >= NarrowestPicture,
        TimeProvider.System)
    {
        Variable = Environment.GetEnvironmentVariable,
    };

    public async Task FlushAsync()
    {
        await Output.FlushAsync();
        await OutputBytes.FlushAsync();
    }
}
