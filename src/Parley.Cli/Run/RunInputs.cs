using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>Opens what a run reads.</summary>
internal static class RunInputs
{
    /// <summary>Opens the input as what its format says, or its beginning shows.</summary>
    /// <param name="input">The input.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="settings">What the run was asked for.</param>
    /// <param name="isFormatNamed">Whether somebody named the format; otherwise a finished transcript is taken for one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandException">It is empty, or cannot be read.</exception>
    public static async Task<RunInput> OpenAsync(
        Stream input, string name, RunSettings settings, bool isFormatNamed, CancellationToken cancellationToken)
    {
        if (ImportFormats.TryGet(settings.Format, out var format))
            return await BeginAsync(await TranscriptImport.OpenAsync(input, format, cancellationToken), name, cancellationToken);
        if (isFormatNamed && settings.Format != RecogniserFormat.Auto) return await LinesAsync(input, name, settings, cancellationToken);

        var probe = await ImportProbe.ReadAsync(input, cancellationToken);
        if (probe.Import is { } import) return await BeginAsync(import, name, cancellationToken);
        if (probe.Problem is { } problem) throw new CommandException($"{name} cannot be read: {problem}.");
        return await LinesAsync(probe.ToStream(), name, settings, cancellationToken);
    }

    private static async Task<RunInput> LinesAsync(Stream input, string name, RunSettings settings, CancellationToken cancellationToken)
    {
        var lines = new ChunkLines(input, isLenient: true);
        if (!await lines.PeekAsync(cancellationToken)) throw new CommandException($"{name} is empty: there is no conversation to follow.");
        return settings.Format == RunSettings.Chunks
            ? new ChunkInput(lines)
            : new MessageInput(lines, settings.Format, isPaced: settings.Speed is not null);
    }

    private static async Task<RunInput> BeginAsync(TranscriptImport import, string name, CancellationToken cancellationToken)
    {
        var input = new ImportInput(import, name, cancellationToken);
        return await input.PeekAsync()
            ? input
            : throw new CommandException($"{name} has no text that can be read as {input.Format}{input.FirstProblem}.");
    }
}
