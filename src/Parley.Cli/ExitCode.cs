namespace Parley.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Some of the input was refused.</summary>
    public const int Refused = 1;

    /// <summary>Something is wrong with the data.</summary>
    public const int Unwell = 1;

    /// <summary>Wrong usage, or a file that cannot be read or written.</summary>
    public const int Unusable = 2;

    /// <summary>A replay came out differently.</summary>
    public const int Differs = 3;

    /// <summary>The input was taken, but a model did not do all of the work.</summary>
    public const int WorkUndone = 4;

    /// <summary>Whoever read the output has gone, as <c>head</c> does when it has enough.</summary>
    public const int OutputClosed = 141;

    /// <summary>Stopped by Ctrl-C; what there was is written.</summary>
    public const int Cancelled = 130;
}
