using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>
/// Reads a format that is one JSON document. What belongs together may stand far apart in it, so that its segments are kept, without their
/// JSON, until all of it was read: a document that is cut off says nothing.
/// </summary>
/// <param name="paths">Where in the document there is something to read.</param>
internal abstract class DocumentReader(params string[] paths) : ImportReader
{
    /// <summary>The maximum number of values that are read of one document: those of 300 hours of words.</summary>
    public const int MaxValues = 5_000_000;

    private ImportProblems? _problems;

    protected ImportProblems Problems => _problems!;

    public sealed override async IAsyncEnumerable<ImportedSegment> ReadAsync(
        Stream file, ReadOnlyMemory<byte> start, ImportProblems problems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _problems = problems;
        using var walker = new JsonWalker(file, JsonPlace.Root(paths));
        for (var values = 0; await walker.ReadAsync(cancellationToken); values++)
        {
            if (values == MaxValues)
            {
                throw new TranscriptImportException(
                    string.Create(CultureInfo.InvariantCulture, $"more than {MaxValues} words and segments"), walker.Line);
            }

            TryTake(walker);
        }

        foreach (var segment in InOrder(Finish())) yield return segment;
    }

    /// <summary>Takes the value that the walker has read.</summary>
    protected abstract void Take(JsonWalker at);

    /// <summary>Returns the segments, once all values were taken.</summary>
    protected abstract IReadOnlyList<ImportedSegment> Finish();

    private void TryTake(JsonWalker walker)
    {
        try
        {
            Take(walker);
        }
        catch (Exception unreadable) when (unreadable is AsrMessageException or JsonException or InvalidOperationException)
        {
            var what = unreadable is AsrMessageException ? unreadable.Message : "not valid Unicode";
            Problems.Add(ImportAnomaly.Malformed, walker.Line, $"{walker.Path}: {what}");
        }
    }

    // Channels and results may stand one behind the other in the file.
    private static IEnumerable<ImportedSegment> InOrder(IReadOnlyList<ImportedSegment> segments)
    {
        var isInOrder = true;
        var last = double.NegativeInfinity;
        var starts = new double[segments.Count];
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = segments[i].FirstTime is { } start && double.IsFinite(start) ? start : last;
            isInOrder &= starts[i] >= last;
            last = starts[i];
        }

        return isInOrder
            ? segments
            : segments.Select((segment, i) => (segment, i)).OrderBy(item => starts[item.i]).Select(item => item.segment);
    }
}
