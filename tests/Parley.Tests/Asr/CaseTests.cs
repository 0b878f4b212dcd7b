using System.Text;
using System.Text.Json;
using Parley.Asr;
using Parley.Tests.Support;

namespace Parley.Tests.Asr;

/// <summary>Small inputs after public reports, each with its right result: the words and when they were said.</summary>
public sealed class CaseTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Names =>
        new(Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));

    private static string Folder => Repository.At("tests", "Parley.Tests", "Asr", "Cases");

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_word_is_said_once_and_when_it_was_said(string name)
    {
        var (expected, messages) = Read(name);
        var heard = new Heard(expected.Format, new() { SmoothSpeakerWords = expected.SmoothSpeakerWords }).Ingest(messages).Close();

        Assert.Equal(expected.Chunks.Select(chunk => chunk.Text), heard.Texts);
        Assert.All(expected.Chunks.Zip(heard.Chunks()), pair =>
        {
            Assert.Equal(pair.First.Start, pair.Second.Start, tolerance: 0.01);
            Assert.Equal(pair.First.End, pair.Second.End, tolerance: 0.01);
            if (expected.Chunks.Any(chunk => chunk.Speaker is not null)) Assert.Equal(pair.First.Speaker, pair.Second.SpeakerId);
        });
        if (expected.Tails is { } tails) Assert.Equal(tails, heard.Tails);
        if (expected.Anomalies is { } anomalies) Assert.Equal(anomalies, heard.Anomalies.CountBy(anomaly => anomaly.WireName()).ToDictionary());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_format_is_told_by_the_shape_of_its_messages(string name)
    {
        var (expected, messages) = Read(name);
        var told = messages.Select(message => AsrFormats.Default.Detect(Encoding.UTF8.GetBytes(message))).First(detection => detection is not null);

        Assert.Equal(expected.Format, told!.Format.Name);
    }

    private static (Expected Expected, string[] Messages) Read(string name) =>
    (
        JsonSerializer.Deserialize<Expected>(File.ReadAllText(Path.Combine(Folder, name, "expected.json")), Json)!,
        File.ReadAllLines(Path.Combine(Folder, name, "input.jsonl"))
    );

    private sealed record Expected(
        string About, string Format, ExpectedChunk[] Chunks, Dictionary<string, int>? Anomalies, string[]? Tails, int SmoothSpeakerWords);

    private sealed record ExpectedChunk(double Start, double End, string Text, string? Speaker);
}
