using System.Runtime.CompilerServices;
using System.Text.Json;
using Parley.Asr;

namespace Parley.Transcripts;

/// <summary>The segments of our own document, one a line.</summary>
internal sealed class SegmentLinesImport : ImportReader
{
    public override async IAsyncEnumerable<ImportedSegment> ReadAsync(
        Stream file, ReadOnlyMemory<byte> start, ImportProblems problems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(file);
        while (await lines.ReadAsync(cancellationToken))
        {
            if (!lines.IsTooLong && !lines.Line.Span.ContainsAnyExcept(" \t\r"u8)) continue;
            if (Read(lines, problems) is { } segment) yield return segment;
        }
    }

    private static ImportedSegment? Read(LineReader lines, ImportProblems problems)
    {
        var problem = "longer than a line may be";
        try
        {
            if (!lines.IsTooLong)
            {
                using var json = JsonDocument.Parse(lines.Line);
                return DocumentSegment.Read(json.RootElement, problems, lines.Number);
            }
        }
        catch (AsrMessageException wrong)
        {
            problem = wrong.Message;
        }
        catch (JsonException)
        {
            problem = "not valid JSON";
        }
        catch (InvalidOperationException)
        {
            problem = "not valid Unicode";
        }

        problems.Add(ImportAnomaly.Malformed, lines.Number, problem);
        return null;
    }
}
