using System.Text;
using Parley.Asr;

namespace Parley.Tests.Asr;

public sealed class BoundsTests
{
    [Fact]
    public void A_final_of_a_forgotten_time_is_said_and_counted()
    {
        var heard = new Heard("aws", new() { MaxKeys = 16 });
        for (var i = 0; i < 40; i++) heard.Ingest(Result($"r{i}", 5 + (i / 10.0)));

        heard.Ingest(Result("r0", 5), Result("r40", 9), Result("other", 5), Result("r39", 8.9));

        Assert.Equal(["r0", "r40", "other"], heard.Texts[40..]);
        Assert.Equal(2, heard.Count(AsrAnomaly.PossibleRepeat));
        Assert.Equal(1, heard.Count(AsrAnomaly.Repeated));
        Assert.Equal(27, heard.Assembler.KeysForgotten);

        static string Result(string id, double start) =>
            $$$"""{"Transcript":{"Results":[{"ResultId":"{{{id}}}","StartTime":{{{start}}},"EndTime":{{{start + 0.05}}},"IsPartial":false,"Alternatives":[{"Transcript":"{{{id}}}","Items":[]}]}]}}""";
    }

    [Fact]
    public void When_too_much_is_open_the_oldest_gives_way()
    {
        var heard = new Heard("parley", new() { MaxOpen = 3 });
        for (var i = 0; i < 5; i++) heard.Ingest($$"""{"start":{{i}},"end":{{i + 1}},"text":"t{{i}}","is_final":false,"key":"{{i}}"}""");

        Assert.Equal(["t0", "t1"], heard.Texts);
        Assert.All(heard.Committed, output => Assert.Equal(AsrCommitReason.GaveWay, output.Reason));
        Assert.Equal(2, heard.Count(AsrAnomaly.Overflow));
    }

    [Fact]
    public void Appends_without_end_are_cut()
    {
        var heard = new Heard("openai-realtime", new() { MaxAppendedLength = 1024 });
        for (var i = 0; i < 2_000; i++) heard.Ingest("""{"type":"conversation.item.input_audio_transcription.delta","item_id":"it","delta":" word"}""");

        Assert.InRange(heard.Close().Texts.Single().Length, 1_000, 1_024);
        Assert.True(heard.Count(AsrAnomaly.Overflow) > 0);
    }

    [Fact]
    public void Each_speaker_has_a_tail_of_their_own()
    {
        var heard = new Heard("parley").Ingest(
            """{"start":0,"end":1,"text":"so I","speaker_id":"a","is_final":false}""",
            """{"start":0.5,"end":1,"text":"no","speaker_id":"b","is_final":false}""",
            """{"start":0,"end":2,"text":"so I think","speaker_id":"a","is_final":false}""",
            """{"start":0.5,"end":1.5,"text":"no way","speaker_id":"b"}""");

        Assert.Equal(["so I", "no", "so I think", ""], heard.Tails);
        Assert.Equal(["no way"], heard.Texts);
    }

    [Fact]
    public void Anomalies_have_names_and_settings_have_ranges()
    {
        Assert.Equal(Enum.GetValues<AsrAnomaly>().Length, AsrAnomalies.Count);
        Assert.All(Enum.GetValues<AsrAnomaly>(), anomaly => Assert.Equal(anomaly.ToString().ToLowerInvariant(), anomaly.WireName().Replace("_", "", StringComparison.Ordinal)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsrConfig { MaxKeys = 1 });
    }

    [Fact]
    public void A_format_of_ones_own_is_found_by_name_and_by_shape()
    {
        var formats = AsrFormats.Default.With(new Shout());

        Assert.Equal("shout", formats.Detect("HELLO!"u8.ToArray())!.Format.Name);
        Assert.Contains("There are: parley, deepgram", Assert.Throws<ArgumentException>(() => formats.Get("whisper")).Message, StringComparison.Ordinal);
        Assert.Equal("hello", new HypothesisAssembler(formats.Get("shout")).Ingest("HELLO!"u8.ToArray())[0].Chunk.Text);
    }

    private sealed class Shout : IAsrFormat, IAsrReader
    {
        public string Name => "shout";

        public string Description => "A line, ended by an exclamation mark.";

        public string SampleMessage => "HELLO!";

        public bool ClockMayRestart => false;

        public string? Recognise(AsrMessage message) => message.Utf8.Span.EndsWith("!"u8) && !message.IsObject ? "it ends in a bang" : null;

        public IAsrReader OpenReader() => this;

        public void Read(AsrMessage message, AsrUpdates updates) =>
            updates.Add(new() { Text = Encoding.UTF8.GetString(message.Utf8.Span).TrimEnd('!').ToLowerInvariant(), IsFinal = true });
    }
}
