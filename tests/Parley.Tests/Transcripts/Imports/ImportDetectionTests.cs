using System.IO.Pipelines;
using System.Text;
using Parley.Asr;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

public sealed class ImportDetectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Recognisers => new(AsrFormats.Default.All.Select(format => format.Name));

    [Theory]
    [MemberData(nameof(Recognisers))]
    public async Task Messages_of_a_recogniser_are_no_transcript(string format)
    {
        var messages = File.ReadAllText(Repository.At("samples", "asr", $"{format}.jsonl"));
        foreach (var text in messages.Split('\n', StringSplitOptions.RemoveEmptyEntries).Prepend(messages))
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text + "\n{}\n"));
            var probe = await ImportProbe.ReadAsync(file, Cancel);
            Assert.Equal((null, null), (probe.Import?.Format.Name, probe.Problem));
        }
    }

    /// <summary>A program that writes lines, and waits for what comes of them before it writes the next.</summary>
    [Theory]
    [MemberData(nameof(Recognisers))]
    public async Task Of_a_live_program_no_second_line_is_waited_for(string format)
    {
        var first = AsrFormats.Default.Get(format).SampleMessage;
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(first + "\n"), Cancel);

        var probe = await ImportProbe.ReadAsync(pipe.Reader.AsStream(), Cancel);

        Assert.Null(probe.Import);
        var lines = new LineReader(probe.ToStream());
        Assert.True(await lines.ReadAsync(Cancel));
        Assert.Equal(first, Encoding.UTF8.GetString(lines.Line.Span));
    }

    [Theory]
    [InlineData("{\n \"text\": \"good morning\"\n}", "this looks like Whisper's JSON, but it has no segments: ask for verbose_json")]
    [InlineData("{\n \"segments\": [{\"a\": 1}]\n}", "this looks like a transcript, but its segments have no start and text")]
    [InlineData(
        "{\n \"ferry\": 1, \"berth\": [2]\n}", "this is one JSON document with the fields ferry, berth, and no transcript that is known")]
    [InlineData("good morning", "this is no finished transcript that is known: json, jsonl, srt,")]
    [InlineData("", "this is no finished transcript that is known: json, jsonl, srt,")]
    public async Task What_is_no_transcript_is_said_to_be_what_it_looks_like(string text, string message) =>
        Assert.StartsWith(
            message, (await Assert.ThrowsAsync<TranscriptImportException>(() => Imported.OfAsync(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "whisper", "{\"segments\": [\n{\"start\": 0, \"end\": 1, \"text\": \"a\"},\n{\"start\"",
        "the JSON ends before it is complete, line 3")]
    [InlineData("whisper", "{\"segments\": [\n{\"start\": 0, \"end\": 1, \"text\": NaN}]}", "not valid JSON, line 2")]
    [InlineData("whisper", "{\"segments\": []}", "this looks like whisper, but it has no segments")]
    [InlineData("deepgram-batch", "{}", "this looks like deepgram-batch, but it has no segments")]
    [InlineData("json", "", "not valid JSON, line 1")]
    [InlineData("jsonl", "\n\n", "this looks like jsonl, but it has no segments")]
    [InlineData(
        "assemblyai-batch", "{\"status\":\"error\",\"error\":\"no audio\"}",
        "this is a transcript of AssemblyAI whose status is error, and not completed, line 1")]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_line(string format, string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<TranscriptImportException>(() => Imported.OfAsync(text, format))).Message);

    [Fact]
    public async Task The_text_of_the_whole_may_stand_in_front_of_the_segments_however_long_it_is()
    {
        var words = string.Join(' ', Enumerable.Repeat("mooring", 50_000));
        var file = await Imported.OfAsync($$"""{"text":"{{words}}","segments":[{"start":0,"end":9,"text":"{{words}}"}],"language":"en"}""");

        Assert.Equal(("whisper", 50_000L), (file.Import.Format.Name, file.Words));
        Assert.All(file.Chunks, chunk => Assert.InRange(chunk.Chunk.Text.Length, 1, 16_384));
        Assert.Equal(0, file.Problems.Total);
    }
}
