namespace Parley.Transcripts;

/// <summary>Our own document, schema version 2, as Parley and slower-whisper write it.</summary>
internal sealed class DocumentImport() : DocumentReader("segments[]")
{
    private readonly List<ImportedSegment> _segments = [];

    protected override void Take(JsonWalker at) => _segments.Add(DocumentSegment.Read(at.Value, Problems, at.Line));

    protected override IReadOnlyList<ImportedSegment> Finish() => _segments;
}
