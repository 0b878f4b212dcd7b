using Parley.Conversations.Intake;
using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>A finished transcript.</summary>
internal sealed class ImportInput : RunInput
{
    private readonly TranscriptImport _import;
    private readonly string _name;
    private readonly IAsyncEnumerator<ImportedChunk> _chunks;
    private int _told;
    private bool _isPeeked;

    public ImportInput(TranscriptImport import, string name, CancellationToken cancellationToken)
    {
        (_import, _name) = (import, name);
        _chunks = import.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    public override string Format => _import.Format.Name;

    /// <summary>What was out of order first, to be added to a message; empty where nothing was.</summary>
    public string FirstProblem => _import.Problems.Listed is [var first, ..] ? $": line {first.Line}: {first.Detail ?? first.Kind}" : "";

    public override SortedDictionary<string, long> Anomalies => _import.Problems.Counts();

    public override bool HasMore => true;

    public override long BytesRead => 0;

    public override void Tell(Action<string, string> detected)
    {
        if (_import.Reason is { } reason) detected(Format, reason);
    }

    /// <summary>Returns whether the transcript has a chunk. It is the next to be read.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public async ValueTask<bool> PeekAsync() => _isPeeked = await MoveAsync();

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isPeeked) return await MoveAsync();
        _isPeeked = false;
        return true;
    }

    public override IEnumerable<RunPiece> Take()
    {
        foreach (var problem in End()) yield return problem;
        var chunk = _chunks.Current;
        yield return new(chunk.Line) { Deliver = sequence => chunk.ToDelivery(sequence), Until = chunk.Chunk.End };
    }

    /// <summary>Takes the problems that were found since the last time, as far as they are listed.</summary>
    public override IEnumerable<RunPiece> End()
    {
        for (; _told < _import.Problems.Listed.Count; _told++)
        {
            var problem = _import.Problems.Listed[_told];
            yield return new(problem.Line)
            {
                Refusal = problem.LeavesOut ? problem.Detail ?? problem.Kind : null,
                Warning = problem.LeavesOut ? null : $"{problem.Kind}{(problem.Detail is null ? "" : $": {problem.Detail}")}",
            };
        }
    }

    private async ValueTask<bool> MoveAsync()
    {
        try
        {
            return await _chunks.MoveNextAsync();
        }
        catch (TranscriptImportException problem)
        {
            throw new CommandException($"{_name} cannot be read as {Format}: {problem.Message}.", problem);
        }
    }
}
