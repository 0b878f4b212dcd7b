using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>Small files after public reports.</summary>
public sealed class ImportCaseTests
{
    [Theory]
    [InlineData("assemblyai-batch.json", "assemblyai-batch", "A", 0.1, 0.9, 1, "Good morning.")]
    [InlineData("aws-batch.json", "aws-batch", "spk_0", 0.1, 0.9, 2, "Good morning.")]
    [InlineData("azure-batch.json", "azure-batch", "spk_1", 0.1, 0.9, 0, "Good morning.")]
    [InlineData("deepgram-batch.json", "deepgram-batch", "spk_0", 0.1, 0.9, 2, "Good morning.", "Let us begin.")]
    [InlineData("google-batch.json", "google-batch", "spk_1", 0.1, 0.9, 2, "good morning")]
    [InlineData("meeting.srt", "srt", null, 0.1, 0.9, 0, "Good morning.")]
    [InlineData("meeting.vtt", "vtt", "Jane Doe", 0.1, 0.9, 0, "Good morning.")]
    [InlineData("whisper.json", "whisper", null, 0.0, 1.5, 0, "Good morning.", "Let us begin.")]
    [InlineData("whisper-full.json", "whisper", null, 0.0, 1.5, 1, "Good morning.", "Let us begin.")]
    [InlineData("whispercpp.json", "whisper-cpp", null, 0.0, 1.5, 0, "Good morning.")]
    [InlineData("whisperx.json", "whisper", "SPEAKER_00", 0.0, 1.5, 1, "Good morning.")]
    public async Task A_file_says_its_words_at_its_times(
        string name, string format, string? speaker, double start, double end, int words, params string[] texts)
    {
        var file =
            await Imported.OfAsync(Read(name));

        Assert.Equal(format, file.Import.Format.Name);
        Assert.Equal(texts, file.Chunks.Select(chunk => chunk.Chunk.Text));
        var first = file.Chunks[0].Chunk;
        Assert.Equal(speaker, first.SpeakerId);
        Assert.Equal(start, first.Start, tolerance: 0.01);
        Assert.Equal(end, first.End, tolerance: 0.01);
        Assert.Equal(words, first.Details?.Words?.Count ?? 0);
    }

    [Theory]
    [InlineData("deepgram-batch.json")]
    [InlineData("whisper-full.json")]
    public async Task Text_that_only_the_whole_has_is_said_and_counted(string name)
    {
        var file =
            await Imported.OfAsync(Read(name));

        Assert.Equal(1, file.Problems.Count(ImportAnomaly.TextWithoutTimes));
    }

    [Fact]
    public async Task The_segments_of_an_export_stay_segments()
    {
        var file =
            await Imported.OfAsync(Read("roundtrip.jsonl"));

        Assert.Equal("jsonl", file.Import.Format.Name);
        Assert.Equal((33, 2), (file.Segments().Count, file.Chunks.Select(chunk => chunk.Chunk.SpeakerId).Distinct().Count()));
        Assert.Equal(0, file.Problems.Total);
    }

    [Fact]
    public async Task Words_of_whisperx_without_times_stay_in_the_text()
    {
        var file = await Imported.OfAsync($"{{\"segments\":[{Case("12-whisperx-words-without-times")}]}}");

        Assert.Equal(["Here is a list of numbers 1, 2 and last 250.", "Thank you."], file.Chunks.Select(chunk => chunk.Chunk.Text));
        Assert.Equal(["SPEAKER_00", "SPEAKER_01"], file.Chunks.Select(chunk => chunk.Chunk.SpeakerId));
        Assert.Equal((8, 3), (file.Chunks[0].Chunk.Details!.Words!.Count, (int)file.Problems.Count(ImportAnomaly.WordTimesMissing)));
    }

    [Fact]
    public async Task Words_of_no_length_are_said()
    {
        var file = await Imported.OfAsync($"[{Case("16-whisper-zero-length-words")}]");

        Assert.Equal("Ja, sicher, klar. Genau so machen wir es. Gut.", file.Text);
        Assert.Equal(9, file.Chunks.Sum(chunk => chunk.Chunk.Details!.Words!.Count));
        Assert.Equal(0, file.Problems.Total);
    }

    [Fact]
    public async Task One_wrong_time_moves_nothing_but_itself()
    {
        var file = await Imported.OfAsync($"[{Case("59-one-bad-timestamp-whisper")}]");

        Assert.Equal(4, file.Chunks.Count);
        Assert.Contains(file.Chunks, chunk => chunk.Chunk is { Start: 0, Text: "Glitch." });
        Assert.Equal([100.0, 104, 108], file.Chunks.Select(chunk => chunk.Chunk.Start).Where(start => start > 0));
    }

    [Fact]
    public async Task Times_that_are_dates_are_counted_from_the_first()
    {
        var file = await Imported.OfAsync($"[{Case("71-epoch-seconds")}]");

        Assert.Equal([(0.0, 1.8), (2.8, 4.8)], file.Chunks.Select(chunk => (chunk.Chunk.Start, chunk.Chunk.End)));
        Assert.Equal(["a", "b"], file.Chunks.Select(chunk => chunk.Chunk.SpeakerId));
        Assert.Equal(1, file.Problems.Count(ImportAnomaly.AbsoluteTimes));
    }

    [Fact]
    public async Task Times_as_text_and_numbers_as_speakers_are_read_and_what_cannot_be_read_is_named()
    {
        var file = await Imported.OfAsync($"[{Case("58-unit-mixups")}]");

        Assert.Equal(
            ["String times.", "Numeric speaker.", "Speaker elsewhere.", "End before start.", "Negative.", "No end."],
            file.Chunks.OrderBy(chunk => chunk.Line).Select(chunk => chunk.Chunk.Text));
        Assert.Equal(
            "[]: text: missing", Assert.Single(file.Problems.Listed, problem => problem.Anomaly == ImportAnomaly.Malformed).Detail);
        Assert.Equal((1L, 2L), (file.Problems.Count(ImportAnomaly.NoText), file.Problems.Count(ImportAnomaly.TimesRepaired)));
    }

    private static string Case(string name) =>
        string.Join(",\n", File.ReadAllLines(Repository.At("tests", "Parley.Tests", "Asr", "Cases", name, "input.jsonl")).Where(IsSaid));

    private static bool IsSaid(string line) => line.Length > 0;

    private static byte[] Read(string name) =>
        File.ReadAllBytes(Repository.At("tests", "Parley.Tests", "Transcripts", "Imports", "Cases", name));
}
