using System.Text;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>A file, read to its end.</summary>
internal sealed record Imported(TranscriptImport Import, IReadOnlyList<ImportedChunk> Chunks)
{
    /// <summary>What the sample files say, by speaker.</summary>
    public static readonly (int Speaker, double Start, double End, string Text)[] Conversation =
    [
        (0, 0.4, 3.36, "Harbour office, good morning, this is Ana."),
        (1, 3.6, 7.04, "Good morning, I would like to cancel my mooring."),
        (0, 7.3, 10.38, "Of course, may I ask for your boat's name?"),
        (1, 10.6, 12.9, "It's the Heron, berth forty two."),
        (0, 14.0, 17.68, "Thank you. I will send you the form this afternoon."),
        (1, 18.2, 20.92, "Great, then we have decided everything."),
    ];

    public ImportProblems Problems => Import.Problems;

    public string Text => string.Join(' ', Chunks.Select(chunk => chunk.Chunk.Text));

    public long Words => Chunks.Sum(chunk => (long)Parley.Streaming.Words.Count(chunk.Chunk.Text));

    public static string[] Samples =>
        [.. Directory.GetFiles(Repository.At("samples", "imports")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public static Task<Imported> SampleAsync(string name) => OfAsync(File.ReadAllBytes(Repository.At("samples", "imports", name)));

    public static Task<Imported> OfAsync(string text, string? format = null) => OfAsync(Encoding.UTF8.GetBytes(text), format);

    public static async Task<Imported> OfAsync(byte[] file, string? format = null)
    {
        using var stream = new MemoryStream(file);
        ImportFormats.TryGet(format, out var named);
        var cancel = TestContext.Current.CancellationToken;
        var import = await TranscriptImport.OpenAsync(stream, named, cancel);
        return new(import, await import.ReadAsync(cancel).ToListAsync(cancel));
    }

    /// <summary>What a conversation makes of it: its segments.</summary>
    public IReadOnlyList<StreamSegment> Segments()
    {
        var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes });
        var segments = new List<StreamSegment>();
        foreach (var chunk in Chunks)
        {
            Add(session.IngestChunk(chunk.Chunk));
            if (chunk.EndsTurn) Add(session.CloseLane(chunk.Chunk.SpeakerId));
        }

        Add(session.EndOfStream());
        return segments;

        void Add(StreamEvents events)
        {
            foreach (var e in events)
            {
                if (e.Type == StreamEventType.FinalSegment) segments.Add(e.Segment);
            }
        }
    }
}
