using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>The word of another reader: the same cues, and no complaint. Skipped where ffmpeg is not installed.</summary>
public sealed partial class SubtitlesInFfmpegTests
{
    [Theory]
    [InlineData(TranscriptFormat.Srt)]
    [InlineData(TranscriptFormat.Vtt)]
    public async Task Hostile_documents_have_the_same_cues(TranscriptFormat format)
    {
        var builder = new TranscriptBuilder();
        foreach (var document in Documents.Any.Sample(8, size: 60))
            foreach (var segment in document.Segments)
                // ffmpeg counts milliseconds in 32 bits in places.
                builder.Add(Math.Min(segment.Start, 1e5), Math.Min(segment.End, 1e5), segment.Text, segment.SpeakerId);
        await AssertCues(builder.Build(), format);
    }

    [Fact]
    public async Task Real_meetings_have_the_same_cues()
    {
        foreach (var meeting in Repository.Meetings())
        {
            var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes, EmitIds = true });
            var builder = new TranscriptBuilder();
            StreamEvent[] events = [.. Chunks(meeting).SelectMany(chunk => session.IngestChunk(chunk)), .. session.EndOfStream()];
            foreach (var e in events.Where(e => e.Type is StreamEventType.FinalSegment)) builder.Add(e.Segment);
            await AssertCues(builder.Build(), TranscriptFormat.Srt);
            await AssertCues(builder.Build(), TranscriptFormat.Vtt);
        }
    }

    [Theory]
    [InlineData(TranscriptFormat.Srt)]
    [InlineData(TranscriptFormat.Vtt)]
    public Task Two_hours_of_continuous_speech_have_the_same_cues(TranscriptFormat format) =>
        AssertCues(SubtitleCaseTests.Monologue(hours: 2, hasWords: true), format);

    private static IEnumerable<StreamChunk> Chunks(string meeting) => File.ReadLines(meeting).Select(line =>
    {
        var chunk = JsonNode.Parse(line)!;
        return new StreamChunk((double)chunk["start"]!, (double)chunk["end"]!, (string)chunk["text"]!, (string?)chunk["speaker_id"]);
    });

    // What people said may look like a timing line of its own, but has no number before it.
    [GeneratedRegex(@"^\d+\n\d+:\d\d:\d\d,\d{3} --> ", RegexOptions.Multiline)]
    private static partial Regex NumberAndTiming();

    private static async Task AssertCues(Transcript document, TranscriptFormat format)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var file = folder.At($"cues.{format.Name}");
        await TranscriptExporter.WriteFileAsync(document, format, file, token);
        var (converted, complaints) = await Ffmpeg(["-v", "warning", "-i", file, "-f", "srt", "-"], token);
        Assert.Equal("", complaints);
        var cues = Track.Of(document, format).Cues;
        Assert.Equal(cues.Count, NumberAndTiming().Count(converted));
    }

    private static async Task<(string Output, string Complaints)> Ffmpeg(string[] arguments, CancellationToken token)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var complaints = process.StandardError.ReadToEndAsync(token);
            var output = await process.StandardOutput.ReadToEndAsync(token);
            await process.WaitForExitAsync(token);
            return (output, await complaints);
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed.");
            throw;
        }
    }
}
