using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>The same call of two people, as each program and service writes it.</summary>
public sealed class ImportSampleTests
{
    private static readonly Dictionary<string, (string Format, string?[] Speakers, bool HasWords, string? Language)> Expected = new()
    {
        ["assemblyai-batch.json"] = ("assemblyai-batch", ["A", "B"], true, "en"),
        ["aws-batch-old.json"] = ("aws-batch", ["spk_0", "spk_1"], true, null),
        ["aws-batch.json"] = ("aws-batch", ["spk_0", "spk_1"], true, "en-US"),
        ["azure-batch.json"] = ("azure-batch", ["spk_1", "spk_2"], true, "en-US"),
        ["azure-fast.json"] = ("azure-batch", ["spk_1", "spk_2"], true, "en-US"),
        ["deepgram-batch.json"] = ("deepgram-batch", ["spk_0", "spk_1"], true, "en"),
        ["faster-whisper.json"] = ("whisper", [null, null], true, null),
        ["google-batch-v2.json"] = ("google-batch", ["spk_1", "spk_2"], true, "en-us"),
        ["google-batch.json"] = ("google-batch", ["spk_1", "spk_2"], true, "en-us"),
        ["meeting.srt"] = ("srt", ["Ana", "Jane Doe"], false, null),
        ["meeting.vtt"] = ("vtt", ["Ana", "Jane Doe"], true, null),
        ["openai-api.json"] = ("whisper", [null, null], true, "en"),
        ["transcript.json"] = ("json", ["spk_0", "spk_1"], true, "en"),
        ["transcript.jsonl"] = ("jsonl", ["spk_0", "spk_1"], true, "en"),
        ["whisper-cpp.json"] = ("whisper-cpp", ["spk_0", "spk_1"], true, "en"),
        ["whisper.json"] = ("whisper", [null, null], true, "en"),
        ["whisperx.json"] = ("whisper", ["SPEAKER_00", "SPEAKER_01"], true, "en"),
    };

    public static TheoryData<string> Samples => new(Imported.Samples);

    [Fact]
    public void Every_format_has_a_sample() =>
        Assert.Equal(
            ImportFormats.All.Select(format => format.Name).Order(), Expected.Values.Select(sample => sample.Format).Distinct().Order());

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_says_the_same_words_by_the_same_speakers_at_the_same_times(string name)
    {
        var (format, speakers, hasWords, language) = Expected[name];
        var file = await Imported.SampleAsync(name);

        Assert.Equal(format, file.Import.Format.Name);
        Assert.NotNull(file.Import.Reason);
        Assert.Equal(string.Join(' ', Imported.Conversation.Select(said => said.Text)), file.Text);
        foreach (var (said, chunks) in Imported.Conversation.Zip(Utterances(file)))
        {
            Assert.Equal(said.Text, string.Join(' ', chunks.Select(chunk => chunk.Chunk.Text)));
            Assert.Equal(said.Start, chunks[0].Chunk.Start, tolerance: 0.01);
            Assert.Equal(said.End, chunks[^1].Chunk.End, tolerance: 0.01);
            Assert.All(chunks, chunk => Assert.Equal(speakers[said.Speaker], chunk.Chunk.SpeakerId));
            Assert.All(chunks, chunk => Assert.Equal(language, chunk.Chunk.Details?.Language));
        }

        Assert.Equal(hasWords ? 47 : 0, file.Chunks.Sum(chunk => chunk.Chunk.Details?.Words?.Count ?? 0));
        Assert.Equal(name == "google-batch.json" ? ["restated"] : [], file.Problems.Counts().Keys);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Words_keep_their_times(string name)
    {
        var file = await Imported.SampleAsync(name);
        if (!Expected[name].HasWords) return;

        var words = file.Chunks.SelectMany(chunk => chunk.Chunk.Details!.Words!).ToList();
        var told = (await Imported.SampleAsync("transcript.json")).Chunks.SelectMany(chunk => chunk.Chunk.Details!.Words!).ToList();
        Assert.All(told.Zip(words), pair =>
        {
            Assert.Equal(pair.First.Text.TrimEnd('.', ',', '?'), pair.Second.Text.TrimEnd('.', ',', '?'), ignoreCase: true);
            Assert.Equal(pair.First.Start, pair.Second.Start, tolerance: 0.01);
            // Subtitles say when the next word begins, and not when one ends.
            if (name != "meeting.vtt") Assert.Equal(pair.First.End, pair.Second.End, tolerance: 0.01);
        });
    }

    // Some files have sentences instead of utterances.
    private static List<List<ImportedChunk>> Utterances(Imported file)
    {
        var utterances = new List<List<ImportedChunk>>();
        foreach (var chunk in file.Chunks)
        {
            var open = utterances.Count == 0 ? null : string.Join(' ', utterances[^1].Select(part => part.Chunk.Text));
            if (open is null || open.Length >= Imported.Conversation[utterances.Count - 1].Text.Length) utterances.Add([]);
            utterances[^1].Add(chunk);
        }

        return utterances;
    }
}
