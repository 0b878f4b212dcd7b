using System.Text.Json.Nodes;
using Parley.Tests.Cli;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>What was run and exported is run again.</summary>
public sealed class RoundTripTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Our_own_exports_come_back_as_they_were(string format)
    {
        for (var seed = 0; seed < 15; seed++)
        {
            using var folder = new TemporaryFolder();
            var first = await RunAsync(folder, "first", Conversation(seed), "--format", "parley");

            var second = await RunAsync(folder, "second", await File.ReadAllTextAsync(await ExportedAsync(folder, first, format), Cancel));
            var third = await RunAsync(folder, "third", await File.ReadAllTextAsync(await ExportedAsync(folder, second, format), Cancel));

            Assert.Equal(await SegmentsAsync(first), await SegmentsAsync(second));
            // Where people talk over each other, segments close in another order than they start in, and what they mean depends on that
            // once.
            Assert.Equal(await File.ReadAllTextAsync(second, Cancel), await File.ReadAllTextAsync(third, Cancel));
            Assert.Equal(format, Report(folder, "second")["format"]!.GetValue<string>());
            Assert.Equal("{}", Report(folder, "second")["anomalies"]!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Without_overlaps_the_whole_document_comes_back(string format)
    {
        using var folder = new TemporaryFolder();
        var call = await File.ReadAllTextAsync(Repository.At("samples", "asr", "parley.jsonl"), Cancel);
        var first = await RunAsync(folder, "first", call, "--format", "parley");

        var second = await RunAsync(folder, "second", await File.ReadAllTextAsync(await ExportedAsync(folder, first, format), Cancel));

        Assert.Equal(await File.ReadAllTextAsync(first, Cancel), await File.ReadAllTextAsync(second, Cancel));
    }

    [Theory]
    [InlineData("srt")]
    [InlineData("vtt")]
    public async Task Subtitles_come_back_with_all_words_of_each_speaker_in_order(string format)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            using var folder = new TemporaryFolder();
            var first = await RunAsync(folder, "first", Conversation(seed), "--format", "parley");
            var exported = await ExportedAsync(folder, first, format);

            var second = await RunAsync(folder, "second", await File.ReadAllTextAsync(exported, Cancel));

            // A cue of SubRip that continues another has no name in front.
            if (format == "srt") Assert.Equal(await LettersAsync(first), await LettersAsync(second));
            else Assert.Equal(await WordsBySpeakerAsync(first), await WordsBySpeakerAsync(second));
            Assert.Equal(format, Report(folder, "second")["format"]!.GetValue<string>());
        }
    }

    private static async Task<string> RunAsync(TemporaryFolder folder, string name, string input, params string[] options)
    {
        var run = await CommandRun.WithInput(input, ["run", "-", "--out", folder.At(name), .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(Report(folder, name)["words_in"]!.GetValue<int>(), Report(folder, name)["words_out"]!.GetValue<int>());
        return Path.Combine(folder.At(name), "transcript.json");
    }

    private static async Task<string> ExportedAsync(TemporaryFolder folder, string transcript, string format)
    {
        var exported = folder.At($"exported.{format}");
        var run = await CommandRun.Of("export", transcript, "--to", format, "-o", exported);
        Assert.True(run.ExitCode == 0, run.Error);
        return exported;
    }

    private static JsonNode Report(TemporaryFolder folder, string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder.At(name), "report.json")))!;

    private static async Task<string> LettersAsync(string transcript)
    {
        var document = await TranscriptJson.ReadFileAsync(transcript, Cancel);
        return string.Concat(document.Segments.SelectMany(segment => segment.Text).Where(c => c != ' ').Order());
    }

    // All that a segment has, but its number and what it was found to mean.
    private static async Task<IEnumerable<string>> SegmentsAsync(string transcript)
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(transcript, Cancel))!;
        foreach (var segment in document["segments"]!.AsArray())
        {
            segment!.AsObject().Remove("id");
            segment.AsObject().Remove("annotations");
        }

        return document["segments"]!.AsArray().Select(segment => segment!.ToJsonString());
    }

    private static async Task<IEnumerable<string>> WordsBySpeakerAsync(string transcript)
    {
        var document = await TranscriptJson.ReadFileAsync(transcript, Cancel);
        return document.Segments.GroupBy(segment => segment.SpeakerId)
            .Select(said => $"{said.Key}: {string.Concat(said.Select(segment => segment.Text.Replace(" ", "", StringComparison.Ordinal)))}").Order(StringComparer.Ordinal);
    }

    /// <summary>
    /// Two to four people, who pause, interrupt each other and say the same; some with times of words, confidence and language.
    /// </summary>
    private static string Conversation(int seed)
    {
        string[] words =
            ["yes", "the", "mooring", "please", "cancel", "what?", "tomorrow.", "I", "will", "send", "it,",
            "שלום", "漢字", "3 < 4", "a --> b", "no"];
        var random = new Random(seed);
        var lines = new List<string>();
        var at = random.Next(100) / 10.0;
        for (var i = 0; i < 40; i++)
        {
            var text = Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]).ToList();
            var length = Math.Round(text.Count * 0.31, 3);
            var chunk = new JsonObject
            {
                ["start"] = at, ["end"] = Math.Round(at + length, 3), ["text"] = string.Join(' ', text),
                ["speaker_id"] = $"spk_{random.Next(2 + (seed % 3))}",
            };
            if (random.Next(3) == 0) chunk["end_of_turn"] = true;
            if (seed % 2 == 0) chunk["confidence"] = Math.Round(random.NextDouble(), 2);
            if (seed % 4 == 0) chunk["language"] = "en";
            if (seed % 3 == 0) chunk["words"] = new JsonArray([.. text.Select((word, n) => Word(word, at + (n * 0.31)))]);
            lines.Add(chunk.ToJsonString());
            at = Math.Round(Math.Max(0, at + length + (random.Next(4) switch { 0 => -length / 2, 1 => 0.2, 2 => 0.9, _ => 2.5 })), 3);
        }

        return string.Join('\n', lines);
    }

    private static JsonObject Word(string text, double start) =>
        new() { ["text"] = text, ["start"] = Math.Round(start, 3), ["end"] = Math.Round(start + 0.3, 3), ["confidence"] = 0.5 };
}
