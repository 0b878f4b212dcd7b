using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>Three hours with words: 30,000 of them.</summary>
public sealed class ImportMemoryTests
{
    private const int Segments = 3_000;
    private const int WordsPerSegment = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("whisper")]
    [InlineData("deepgram-batch")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("srt")]
    [InlineData("vtt")]
    public async Task Three_hours_take_an_amount_of_memory_for_each_word(string format)
    {
        var file = LongFiles.Of(format, Segments, WordsPerSegment);
        await ReadAsync(file, format);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var words = await ReadAsync(file, format);

        Assert.Equal(Segments * WordsPerSegment, words);
        // The file is read in pieces: what is allocated is what the chunks are made of, and not a copy of the JSON.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / words, 0, 1_500);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("srt")]
    [InlineData("vtt")]
    public async Task Lines_are_read_as_they_are_needed(string format)
    {
        using var file = new MemoryStream(LongFiles.Of(format, Segments, WordsPerSegment));
        var import = await TranscriptImport.OpenAsync(file, cancellationToken: Cancel);
        var chunks = 0;
        await foreach (var chunk in import.ReadAsync(Cancel))
        {
            chunks++;
            // The first read, and what fits into a buffer.
            Assert.InRange(file.Position, 0, (file.Length * chunks / Segments) + (256 * 1024));
        }

        Assert.Equal(Segments, chunks);
    }

    [Fact]
    public async Task A_document_is_read_through_a_small_buffer()
    {
        using var file = new MemoryStream(LongFiles.Of("deepgram-batch", Segments, WordsPerSegment));
        using var walker = new JsonWalker(file, JsonPlace.Root("results.channels[].alternatives[].words[]"));
        var words = 0;
        while (await walker.ReadAsync(Cancel)) words++;

        Assert.Equal(Segments * WordsPerSegment, words);
        Assert.InRange(walker.Capacity, 0, 128 * 1024);
    }

    private static async Task<long> ReadAsync(byte[] file, string format)
    {
        using var stream = new MemoryStream(file);
        var import = await TranscriptImport.OpenAsync(stream, cancellationToken: Cancel);
        Assert.Equal(format, import.Format.Name);
        var words = 0L;
        await foreach (var chunk in import.ReadAsync(Cancel)) words += Parley.Streaming.Words.Count(chunk.Chunk.Text);
        Assert.Equal(0, import.Problems.Total);
        return words;
    }
}
